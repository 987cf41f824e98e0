package org.peerworks.audit.api;

/** What became of a change. */
public enum AuditResult {
  /** It is about to be made; a later entry says how it ended, unless the worker was killed. */
  BEGUN,
  /** It was made. */
  DONE,
  /** It was tried, and ended with an error; part of it may have been made. */
  FAILED,
  /** It was not allowed; nothing was changed. */
  REFUSED
}
