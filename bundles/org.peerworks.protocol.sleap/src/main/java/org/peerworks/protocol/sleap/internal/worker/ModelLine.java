package org.peerworks.protocol.sleap.internal.worker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line with which a training's log says that the next model's turn has come: {@code Training
 * model 1/2: centroid}.
 *
 * @param index from 1
 */
record ModelLine(int index, int count, String name) {

  private static final Pattern FORM =
      Pattern.compile("Training model (\\d{1,4})/(\\d{1,4}): (.{1,500})");

  static Optional<ModelLine> parse(String line) {
    Matcher matcher = FORM.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new ModelLine(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                matcher.group(3)))
        : Optional.empty();
  }
}
