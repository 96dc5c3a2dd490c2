// A stand-in for Zendesk's chat widgets. It does with `jwtFn` what theirs do: it calls it when it
// starts and whenever it needs a new token, and lets Chat judge what comes back.
(() => {
  const chat = new URL("/chat/authenticate", document.currentScript.src);
  let jwtFn = null;
  let tokens = 0;

  const add = (parent, tag, properties) =>
    parent.appendChild(Object.assign(document.createElement(tag), properties));
  const box = document.createElement("section");
  box.id = "webWidget";
  box.className = "widget";
  add(box, "h2", { textContent: "Chat" });
  const visitor = add(box, "p", { id: "chat-visitor" });
  visitor.setAttribute("role", "status");
  const details = add(box, "p", { id: "chat-details", className: "soft" });
  const again = add(box, "button", { id: "chat-again", type: "button", textContent: "Authenticate again" });

  const show = (who, what) => {
    visitor.textContent = who;
    details.textContent = what;
  };
  const anonymous = (why) => show("You chat as a visitor.", why);

  const authenticate = () => {
    if (jwtFn === null) return;
    jwtFn(async (jwt) => {
      tokens += 1;
      const answer = await fetch(chat, { method: "POST", body: new URLSearchParams({ jwt }) });
      const said = await answer.json();
      if (!answer.ok) {
        anonymous(`Chat does not take this token: ${said.error}.`);
        return;
      }
      const time = new Date(said.iat * 1000).toISOString().slice(11, 19);
      show(
        `You chat as ${said.name} (${said.email}).`,
        `External id ${said.external_id}. Token ${tokens}, made at ${time} UTC.`,
      );
    });
  };
  const settle = (fn) => {
    if (typeof fn !== "function") return;
    jwtFn = fn;
    authenticate();
  };

  again.addEventListener("click", authenticate);
  anonymous("Nobody has told the chat who you are.");
  (document.getElementById("chat") ?? document.body).appendChild(box);

  // The older Chat widget, and the Web Widget (Classic).
  window.$zopim = (wanted) => wanted();
  window.$zopim.livechat = { authenticate: (options) => settle(options.jwtFn) };
  settle(window.zESettings?.webWidget?.authenticate?.chat?.jwtFn);
})();
