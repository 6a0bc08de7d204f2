// Runs before the first paint (classic script in the head): the stored theme and density, else the system's preference.
(function () {
  var root = document.documentElement, stored = {};
  try { stored = JSON.parse(localStorage.getItem('ps-look') || '{}'); } catch { stored = {}; }
  var themes = ['light', 'dark', 'contrast', 'contrast-dark'];
  function system() {
    var dark = matchMedia('(prefers-color-scheme: dark)').matches, more = matchMedia('(prefers-contrast: more)').matches;
    return more ? (dark ? 'contrast-dark' : 'contrast') : dark ? 'dark' : 'light';
  }
  function apply() {
    root.dataset.theme = themes.indexOf(stored.theme) >= 0 ? stored.theme : system();
    root.dataset.density = ['compact', 'dense'].indexOf(stored.density) >= 0 ? stored.density : 'comfortable';
  }
  function keep() {
    try { localStorage.setItem('ps-look', JSON.stringify(stored)); } catch { /* a browser that stores nothing still shows the choice */ }
    apply();
    document.dispatchEvent(new CustomEvent('ps-look', { detail: { theme: root.dataset.theme, density: root.dataset.density } }));
  }
  apply();
  ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].forEach(function (query) { matchMedia(query).addEventListener('change', apply); });
  window.psLook = {
    theme: function (name) { stored.theme = name === 'system' ? undefined : name; keep(); },
    density: function (name) { stored.density = name; keep(); },
    zone: function () { return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'; },
    stored: function () { return { theme: stored.theme || 'system', density: root.dataset.density }; },
  };
}());
