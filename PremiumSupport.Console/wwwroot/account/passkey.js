// The browser's half of passkeys: asks the server for options, the device for an answer, and posts it with the form that the button stands in.
const form = document.querySelector("form[data-passkey]");
const button = form.querySelector("[data-passkey-button]");
const problem = form.querySelector("[data-passkey-problem]");
const adding = form.dataset.passkey === "add";
const addresses = adding
  ? { options: "/account/passkeys/options", answer: "/account/passkeys/add" }
  : { options: "/account/passkey/options", answer: "/account/passkey/sign-in" };

let waiting = new AbortController();

async function post(address, fields) {
  const body = new URLSearchParams(new FormData(form));
  body.delete("Input.Password");
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? "The server did not answer as expected. Please try again.");
  return answer;
}

async function ask(mediation) {
  waiting.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const options = await post(addresses.options, {});
  if (signal.aborted) return null;
  return adding
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), mediation, signal });
}

async function run(mediation) {
  const credential = await ask(mediation);
  if (!credential) return;
  const { location: target } = await post(addresses.answer, { credential: JSON.stringify(credential) });
  location.assign(target);
}

function say(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

// Closing the device's dialog is an answer, not a fault; the rest deserves a sentence.
function explain(error) {
  if (error.name === "AbortError") return;
  if (error.name === "NotAllowedError") say("No passkey was used. Try again, or use your password.");
  else if (error.name === "InvalidStateError") say("This device has a passkey for you already.");
  else if (error.name === "SecurityError") say("Passkeys work on a domain name with https, or on localhost.");
  else say(error.message);
}

const supported = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

(adding ? form : button).addEventListener(adding ? "submit" : "click", async event => {
  event.preventDefault();
  say("");
  if (!supported) {
    say("This browser offers no passkeys here. Use your password.");
    return;
  }

  button.setAttribute("aria-busy", "true");
  try {
    await run("optional");
  } catch (error) {
    explain(error);
  } finally {
    button.removeAttribute("aria-busy");
  }
});

// Offers passkeys in the email field's own suggestions. Nobody asked for it yet, so nothing is said when it does not work.
if (supported && !adding && await PublicKeyCredential.isConditionalMediationAvailable?.()) {
  run("conditional").catch(() => {});
}
