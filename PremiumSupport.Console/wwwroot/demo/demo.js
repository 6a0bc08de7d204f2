// The vendor's side of the demo: knows who is signed in, asks "its" server for an identity token, and boots the widget by the public snippet.
(function () {
  'use strict';
  window.PremiumSupport = window.PremiumSupport || function () { (window.PremiumSupport.q = window.PremiumSupport.q || []).push(arguments); };

  var KEY = 'corvena.demo';
  var kept = {};
  try { kept = JSON.parse(localStorage.getItem(KEY)) || {}; } catch (e) { kept = {}; }
  var people = [].slice.call(document.querySelectorAll('[data-email]'));
  var nobody = document.getElementById('nobody'), mobile = document.getElementById('mobile'), language = document.getElementById('language');
  var current = people.filter(function (button) { return button.dataset.email === kept.email; })[0];
  if (!current && !kept.nobody) current = people[0];

  // The page is loaded anew, as a product does after another person has signed in: nothing of the one before is left on it.
  function keep(change) {
    for (var name in change) kept[name] = change[name];
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch (e) { /* the choice lasts until the page is left */ }
    var launcher = document.getElementById('premium-support-launcher');
    if (launcher) launcher.remove();
    location.reload();
  }

  people.forEach(function (button) {
    button.setAttribute('aria-pressed', String(button === current));
    button.addEventListener('click', function () { keep({ email: button.dataset.email, nobody: false }); });
  });
  nobody.setAttribute('aria-pressed', String(!current));
  nobody.addEventListener('click', function () { keep({ email: null, nobody: true }); });
  mobile.checked = kept.mobile === true;
  mobile.addEventListener('change', function () { keep({ mobile: mobile.checked }); });
  language.value = kept.language || '';
  language.addEventListener('change', function () { keep({ language: language.value }); });
  document.getElementById('person').textContent = current ? current.dataset.name : 'Sign in';

  function boot(token) {
    var options = {};
    if (token) options.identityToken = token;
    options.locale = kept.language || navigator.language;
    window.PremiumSupport('boot', options);
  }

  if (!current) return boot(null);
  fetch('/demo/identity?email=' + encodeURIComponent(current.dataset.email) + (mobile.checked ? '&platform=mobile-app' : ''))
    .then(function (answer) { return answer.json(); })
    .then(function (answer) { boot(answer.identityToken); }, function () { boot(null); });
})();
