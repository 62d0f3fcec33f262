/**
 * The form as an element, `<rules-form>`: it stands in the page's own document (no shadow root), so that labels, style
 * sheets and the page's language reach it.
 *
 * Attributes: the addresses of the files, `pack`, `engine`, `words` and `time-zones`; their SHA-256 digests, `pack-sha256` and so
 * on; `embedded`, where the page around it has a heading and a title of its own; `languages`, the same form in other languages:
 * what it is called there, its tag and its address, each between bars. What stands inside the element is
 * shown where the form cannot start.
 * @module form
 */
import { Answers } from "./answers.js";
import { element, link, paragraph } from "./elements.js";
import { load, withExactNumbers } from "./engine.js";
import { inLanguage, question } from "./facts.js";
import { drawPage, errorSummary, questionPage, startPage } from "./pages.js";
import { resultPage } from "./result.js";

/** Today where the person is; the engine itself has no clock. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
}

/** The form for one pack. */
export class RulesForm extends HTMLElement {
  connectedCallback() {
    if (!this.help) this.start().catch((fault) => this.fail(fault));
  }

  async start() {
    this.help = [...this.childNodes];
    this.language = this.closest("[lang]")?.lang ?? "en";
    this.embedded = this.hasAttribute("embedded");
    this.tag = this.embedded ? "h2" : "h1";
    this.titleAround = document.title;
    Object.assign(this, await load((name) => [this.getAttribute(name), this.getAttribute(`${name}-sha256`)]));
    if (!this.embedded) this.closeTheDoor();
    addEventListener("popstate", ({ state }) => {
      if (this.trail[state?.rulesForm]) {
        this.here = state.rulesForm;
        this.show();
      }
    });
    document.querySelector(".govuk-skip-link")?.addEventListener("click", (event) => {
      event.preventDefault();
      document.querySelector("main").focus();
    });
    this.startAgain(true);
  }

  /** From here on the browser itself refuses every request of this page. */
  closeTheDoor() {
    document.head.append(
      element("meta", {
        "http-equiv": "Content-Security-Policy",
        content: "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'",
      }),
    );
  }

  /**
   * Forgets all answers and shows the first page.
   * @param {boolean} [first] whether the form has only just been loaded
   */
  startAgain(first) {
    this.answers = new Answers();
    this.answers.asOf = today();
    /** Who made the last judgement and when, offered again for the next. */
    this.judge = {};
    /** Where somebody has been in this form; the browser's history holds only indexes into it. */
    this.trail = [];
    this.here = -1;
    this.go({ name: "start" }, first);
  }

  /**
   * The text of a pack in the language of the form.
   * @param {Record<string, string>|string|undefined} texts
   */
  say = (texts) => inLanguage(texts, this.language) ?? "";

  /** Links to the same form in other languages, before anything is answered. */
  languages() {
    const [name, tag, address] = (this.getAttribute("languages") ?? "").split("|");
    const way = { href: address, hreflang: tag, lang: tag, rel: "alternate" };
    return name && element("p.govuk-body", element("a.govuk-link", way, name));
  }

  /** Says of texts that a machine translated that nobody has reviewed them. */
  unreviewed() {
    const { words, pack, language } = this;
    return pack.languages?.[language]?.reviewed === false && element("div.govuk-inset-text", words.unreviewed);
  }

  /** The heading of a page. */
  heading(...content) {
    return element(`${this.tag}.govuk-heading-l`, content);
  }

  /**
   * Decides the case as answered so far.
   * @param {object} [options] of the request, such as `{format: "text"}`
   * @returns {{record?: object, rejected?: {pointer: string, message: string}[], text?: string, raw: string}}
   */
  decide(options) {
    const raw = this.ask({ do: "decide", language: this.language, ...options }, this.answers.caseText());
    const answer = withExactNumbers(raw);
    if (answer.error) throw new Error(answer.error.message);
    return { ...answer, raw };
  }

  /**
   * The place of the question that the engine asks next, or of the result when it has none, or only one that has been
   * answered.
   */
  nextPlace() {
    const { next } = this.decide().record;
    const { json, state, items } = (next && this.answers.at(next)) ?? {};
    const answered = json || state || items || this.trail[this.here].pointer === next;
    return next && !answered && question(this.pack.facts, next, this.language)
      ? { name: "question", pointer: next }
      : { name: "result" };
  }

  /**
   * Goes on to a place. Nothing of the case stands in the address.
   * @param {import("./pages.js").Place} place
   * @param {boolean} [first] whether this is the first page shown
   */
  go(place, first) {
    this.here += 1;
    this.trail.splice(this.here, Infinity, place);
    history[first ? "replaceState" : "pushState"]({ rulesForm: this.here }, "");
    this.show(first);
  }

  /** Shows the place where we are. */
  show(first) {
    this.attempt(() => {
      const { name, pointer } = this.trail[this.here];
      const page = pointer ? questionPage(this, pointer) : { start: startPage, result: resultPage }[name](this);
      this.draw(page, page.typed, [], first);
    });
  }

  /** Does something that needs the engine; where the engine fails, says how to get help. */
  attempt(work) {
    try {
      work();
    } catch (fault) {
      this.fail(fault);
    }
  }

  /**
   * Draws a page, tells its title and moves the focus: to what is wrong, or to the heading.
   * @param {import("./pages.js").Page} page
   * @param {Record<string, object>} typed
   * @param {import("./pages.js").Fault[]} faults
   * @param {boolean} [first] leaves the focus at the top of the document
   */
  draw(page, typed, faults, first) {
    const { words, pack, say, tag, embedded } = this;
    const summary = faults.length && errorSummary(this, faults);
    const back = this.here && link(words.back, () => history.back(), "", "govuk-back-link.rules-form__back");
    this.replaceChildren(
      element("div", back, this.unreviewed(), summary, page.questions ? drawPage(this, page, typed, faults) : page.draw()),
    );
    const names = embedded
      ? [this.titleAround]
      : [...new Set([page.title, say(pack.title), say(pack.authority)])].filter(Boolean);
    document.title = `${summary ? `${words.error} ` : ""}${names.join(" – ")}`;
    if (first) return;
    if (embedded) this.scrollIntoView();
    else scrollTo(0, 0);
    const target = summary || this.querySelector(tag);
    target.tabIndex = -1;
    target.focus();
  }

  /** Says how to get help where the form cannot start or go on. */
  fail(fault) {
    console.error(fault);
    const { words } = this;
    this.replaceChildren(
      ...(words ? [element("h1.govuk-heading-l", words.failed), paragraph(words.failedWhat)] : []),
      ...this.help,
    );
    for (const help of this.querySelectorAll(".rules-form__help")) help.classList.remove("rules-form__help");
  }
}

customElements.define("rules-form", RulesForm);
