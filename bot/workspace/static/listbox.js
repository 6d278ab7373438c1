// Fields with a list of what fits: arrows choose, Tab or Enter takes, Escape closes.

function listField(combo, { fill, take }) {
  const input = combo.querySelector("[role=combobox]");
  const list = combo.querySelector("[role=listbox]");
  let current = -1;

  const options = () => [...list.querySelectorAll("[role=option]:not([hidden])")];

  function mark(index) {
    const shown = options();
    current = shown.length ? (index + shown.length) % shown.length : -1;
    shown.forEach((option, number) => option.setAttribute("aria-selected", String(number === current)));
    if (current < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", shown[current].id);
      shown[current].scrollIntoView({ block: "nearest" });
    }
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      current = -1;
      input.removeAttribute("aria-activedescendant");
      options().forEach((option) => option.setAttribute("aria-selected", "false"));
    }
  }

  function choose(option) {
    take(input, option);
    open(false);
    input.focus();
  }

  async function look() {
    await fill(input, list);
    current = -1;
    open(options().length > 0);
  }

  input.addEventListener("input", look);
  input.addEventListener("blur", () => open(false));
  // Pressing the mouse would take the focus, and with it the list, before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) await look();
      if (!list.hidden) mark(event.key === "ArrowDown" ? current + 1 : Math.max(current, 0) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      open(false);
    } else if (event.key === "Enter" && !list.hidden && current >= 0) {
      event.preventDefault();
      choose(options()[current]);
    } else if (event.key === "Tab" && !event.shiftKey && !list.hidden) {
      const option = options()[Math.max(current, 0)];
      if (option && (current >= 0 || input.value.trim())) {
        event.preventDefault();
        choose(option);
      }
    }
  });
}

// å, ä and ö may be written without their dots, as everywhere in what is typed to the bot.
function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

export function verbField(combo) {
  if (!combo) return;
  const typedIn = (input) => plain(input.value.replace(/^\/?samverkan\s*/i, ""));
  const named = (option, typed) =>
    option.dataset.names.split("|").find((name) => plain(name).startsWith(typed));
  listField(combo, {
    fill(input, list) {
      const typed = typedIn(input);
      for (const option of list.querySelectorAll("[role=option]")) {
        const name = named(option, typed);
        option.hidden = !name || plain(name) === typed;
      }
    },
    take(input, option) {
      input.value = `${named(option, typedIn(input))} `;
    },
  });
}

export function personFields(root) {
  root.querySelectorAll("[data-people]").forEach((combo) => {
    const chosen = combo.querySelector("input[type=hidden]");
    listField(combo, {
      async fill(input, list) {
        chosen.value = "";
        const typed = input.value.trim();
        const address = `/people?field=${combo.dataset.people}&typed=${encodeURIComponent(typed)}`;
        const people = typed ? await (await fetch(address)).json() : [];
        if (input.value.trim() !== typed) return;
        list.replaceChildren(...people.map((person, number) => optionFor(list, person, number)));
      },
      take(input, option) {
        input.value = option.textContent;
        chosen.value = option.dataset.value;
      },
    });
  });
}

function optionFor(list, person, number) {
  const option = document.createElement("li");
  option.id = `${list.id}-${number}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.value = person.value;
  option.textContent = person.label;
  return option;
}
