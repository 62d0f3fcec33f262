/**
 * Makes elements. Texts go in as text nodes only, so nothing that a pack or a person wrote can become markup.
 * @module elements
 */

/**
 * An element with its classes, attributes and children.
 *
 * Empty attributes are left out; `true` stands without a value; a function is an event listener.
 * Children may be nodes, texts and lists of them; empty ones are left out.
 *
 * @example element("a.govuk-link", { href: "#", click: leave }, "Leave")
 * @param {string} name tag name with classes, as in a selector
 * @param {Record<string, unknown>|unknown} [attributes] may be left out: then this is the first child
 * @param {...unknown} children
 * @returns {HTMLElement}
 */
export function element(name, attributes, ...children) {
  const [tag, ...classes] = name.split(".");
  const made = document.createElement(tag);
  made.classList.add(...classes.filter(Boolean));
  if (attributes?.constructor !== Object) children.unshift(attributes);
  else {
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value) made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.flat(Infinity).filter(Boolean));
  return made;
}

/**
 * A paragraph of running text.
 * @param {...unknown} children
 */
export const paragraph = (...children) => element("p.govuk-body", children);

/**
 * Words that only a screen reader says.
 * @param {string} text
 */
export const hidden = (text) => element("span.govuk-visually-hidden", text);

/**
 * A link that leads to another page of the form: it never changes the address.
 * @param {string} text
 * @param {() => void} follow
 * @param {string} [more] words that only a screen reader says, after the text
 * @param {string} [style] classes instead of those of a link
 */
export const link = (text, follow, more, style = "govuk-link") =>
  element(
    `a.${style}`,
    {
      href: "#",
      click: (event) => {
        event.preventDefault();
        follow();
      },
    },
    text,
    more && hidden(` ${more}`),
  );

/**
 * A button. Without `follow` it sends the form that it stands in.
 * @param {string} text
 * @param {() => void} [follow]
 * @param {string} [style] more classes
 */
export const button = (text, follow, style = "") =>
  element(`button.govuk-button.${style}`, { type: follow ? "button" : "submit", click: follow }, text);

/**
 * A summary list: rows of a key, a value of one or more lines, and what can be done about it.
 * @param {[string, string|string[], (Node|Node[])?][]} rows
 */
export const summaryList = (rows) =>
  element(
    "dl.govuk-summary-list",
    rows.map(([key, lines, actions]) =>
      element(
        `div.govuk-summary-list__row.${actions ? "" : "govuk-summary-list__row--no-actions"}`,
        element("dt.govuk-summary-list__key", key),
        element(
          "dd.govuk-summary-list__value",
          [lines].flat().map((line) => element("div", line)),
        ),
        actions &&
          element(
            "dd.govuk-summary-list__actions",
            [actions].flat().map((action) => element("span.govuk-summary-list__actions-list-item", action)),
          ),
      ),
    ),
  );

/**
 * A table with a heading for each column.
 * @param {Node|string} caption
 * @param {string[]} heads
 * @param {unknown[][]} rows
 */
export const table = (caption, heads, rows) =>
  element(
    "table.govuk-table",
    element("caption.govuk-table__caption.govuk-table__caption--m", caption),
    element(
      "thead.govuk-table__head",
      element(
        "tr.govuk-table__row",
        heads.map((head) => element("th.govuk-table__header", { scope: "col" }, head)),
      ),
    ),
    element(
      "tbody.govuk-table__body",
      rows.map((cells) =>
        element(
          "tr.govuk-table__row",
          cells.map((cell) => element("td.govuk-table__cell", cell)),
        ),
      ),
    ),
  );
