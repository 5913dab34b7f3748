/** A pattern for the message of a ConfigurationError: the option, then what is wrong with it. */
export const issue = (message: string): RegExp =>
  new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/^(\S+) /, "$1:? "));
