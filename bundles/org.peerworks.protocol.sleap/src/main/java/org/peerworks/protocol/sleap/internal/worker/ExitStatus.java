package org.peerworks.protocol.sleap.internal.worker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients want a number, where a job gives its reason in words. */
final class ExitStatus {

  private static final Pattern STATUS = Pattern.compile("\\bexit status (\\d{1,3})\\b");
  private static final Pattern SIGNAL = Pattern.compile("\\bsignal (\\d{1,2})\\b");

  private ExitStatus() {}

  /** The exit status in a reason, minus the number of a signal as Python has it, or else 1. */
  static int of(String reason) {
    Matcher status = STATUS.matcher(reason);
    if (status.find()) {
      int value = Integer.parseInt(status.group(1));
      return value == 0 ? 1 : value;
    }
    Matcher signal = SIGNAL.matcher(reason);
    return signal.find() ? -Integer.parseInt(signal.group(1)) : 1;
  }
}
