package org.peerworks.protocol.sleap.internal.worker;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far a training is, as its progress says in words. */
record EpochText(long epoch, OptionalDouble loss, OptionalDouble validationLoss) {

  private static final Pattern EPOCH = Pattern.compile("\\bepoch (\\d{1,9})");
  private static final Pattern LOSS = Pattern.compile("\\bloss ([0-9][0-9.eE+-]{0,20}|nan|inf)");
  private static final Pattern VALIDATION =
      Pattern.compile("\\bval ([0-9][0-9.eE+-]{0,20}|nan|inf)");

  static Optional<EpochText> in(String message) {
    Matcher epoch = EPOCH.matcher(message);
    return epoch.find()
        ? Optional.of(
            new EpochText(
                Long.parseLong(epoch.group(1)), value(LOSS, message), value(VALIDATION, message)))
        : Optional.empty();
  }

  private static OptionalDouble value(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    if (!matcher.find() || !Character.isDigit(matcher.group(1).charAt(0))) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(matcher.group(1)));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
