import { queueReplies } from "./connection.ts";
import { toReplySource } from "./copy.ts";
import { byId, find } from "./elements.ts";

export interface ReplyForm {
  /** Opens the dialog; with a reply, to edit that one. */
  open(reply?: object): void;
}

/** The dialog that queues a reply or a fault on the local gateway. */
export function createReplyForm(notify: (message: string) => void): ReplyForm {
  const dialog = byId<HTMLDialogElement>("reply");
  const form = byId<HTMLFormElement>("reply-form");
  const problem = byId("problem");
  const update = () => {
    const { kind } = readValues(form);
    for (const fields of form.querySelectorAll<HTMLElement>("[data-kind]")) fields.hidden = fields.dataset.kind !== kind;
    problem.textContent = "";
    byId("preview").textContent = preview(form);
    byId("preview").hidden = kind === "json";
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    Promise.resolve()
      .then(() => queueReplies(JSON.stringify(toReply(readValues(form)))))
      .then(() => {
        dialog.close();
        notify("Queued for the next request");
      })
      .catch((error: Error) => {
        problem.textContent = error.message;
      });
  });
  byId("cancel-reply").addEventListener("click", () => dialog.close());
  return {
    open(reply) {
      if (reply) {
        find<HTMLInputElement>(form, "[value=json]").checked = true;
        find<HTMLTextAreaElement>(form, "[name=json]").value = JSON.stringify(reply, null, 2);
      }
      update();
      dialog.showModal();
      find<HTMLElement>(form, "[data-kind]:not([hidden]) :is(input, select, textarea)").focus();
    },
  };
}

const readValues = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

function preview(form: HTMLFormElement): string {
  try {
    return toReplySource(toReply(readValues(form)));
  } catch (error) {
    return (error as Error).message;
  }
}

/** The reply that the fields describe. */
function toReply({ kind, ...values }: Record<string, string>): unknown {
  switch (kind) {
    case "call":
      return { toolCalls: [{ name: values.tool, args: parse(values.args, "arguments") }] };
    case "error": {
      const [field = "status", code] = (values.error ?? "").split(" ");
      return { error: { [field]: Number(code) } };
    }
    case "fault":
      return { fault: values.fault, ...(values.afterBytes ? { afterBytes: Number(values.afterBytes) } : {}) };
    case "json":
      return parse(values.json, "reply");
    default:
      return {
        text: values.text,
        ...(values.reasoning ? { reasoning: values.reasoning } : {}),
        ...(values.everyMs ? { chunks: { everyMs: Number(values.everyMs) } } : {}),
      };
  }
}

function parse(json = "", what = ""): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`The ${what} must be JSON.`);
  }
}
