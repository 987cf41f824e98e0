package org.peerworks.job.train;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a trainer says about its epochs.
 *
 * @param done epochs that have ended
 * @param current the epoch that the line is about, from 1
 * @param total at most; 0 if the line does not say
 * @param losses for people, may be blank: {@code loss 0.0012, val 0.0013}
 */
record EpochLine(long done, long current, long total, String losses) {

  /** The built-in trainer's, at the end of each epoch; counts from 1. */
  private static final Pattern OURS = Pattern.compile("^Epoch (\\d{1,9})/(\\d{1,9}): (.*)");

  /** Lightning's, drawn by tqdm; counts from 0. */
  private static final Pattern TQDM =
      Pattern.compile("^Epoch (\\d{1,9}): +\\d{1,3}%\\|[^|]*\\| (\\d{1,9})/(\\d{1,9}) \\[(.*)");

  /** Lightning's, drawn by rich; counts from 0, the total is the last one's number. */
  private static final Pattern RICH =
      Pattern.compile("^Epoch (\\d{1,9})/(\\d{1,9}) +[━╸╺─ ]*(\\d{1,9})/(\\d{1,9}) (.*)");

  private static final Pattern LOSS =
      Pattern.compile("\\b(train|val)[_/]loss(?:_epoch)?\\s*[=:]\\s*([0-9.eE+-]{1,20}|nan|inf)");

  static Optional<EpochLine> parse(String line) {
    if (!line.startsWith("Epoch ")) {
      return Optional.empty();
    }
    Matcher ours = OURS.matcher(line);
    if (ours.matches()) {
      long epoch = number(ours, 1);
      return Optional.of(new EpochLine(epoch, epoch, number(ours, 2), losses(ours.group(3))));
    }
    Matcher tqdm = TQDM.matcher(line);
    if (tqdm.matches()) {
      return Optional.of(drawn(tqdm, 2, 0, tqdm.group(4)));
    }
    Matcher rich = RICH.matcher(line);
    if (rich.matches()) {
      return Optional.of(drawn(rich, 3, number(rich, 2) + 1, rich.group(5)));
    }
    return Optional.empty();
  }

  private static EpochLine drawn(Matcher matcher, int batches, long total, String rest) {
    long before = number(matcher, 1);
    boolean ended = number(matcher, batches) >= number(matcher, batches + 1);
    return new EpochLine(ended ? before + 1 : before, before + 1, total, losses(rest));
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  private static String losses(String text) {
    StringBuilder losses = new StringBuilder();
    Matcher matcher = LOSS.matcher(text);
    while (matcher.find() && losses.length() < 100) {
      losses
          .append(losses.isEmpty() ? "" : ", ")
          .append(matcher.group(1).equals("val") ? "val " : "loss ")
          .append(matcher.group(2));
    }
    return losses.toString();
  }
}
