package org.peerworks.job.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports of this worker's loopback address by which it talks with one trainer, in the settings
 * of sleap-nn.
 *
 * @param controller where the trainer takes commands from
 * @param publish where the trainer tells how far it is
 */
record TrainerPorts(int controller, int publish) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

  private static final List<String> KEYS =
      List.of("controller_port", "publish_port", "controller_address", "publish_address");

  /** As {@link #toString} writes them. */
  static TrainerPorts parse(String text) throws IOException {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IOException("The ports of the trainer are not readable: '" + text + "'.");
    }
    return new TrainerPorts(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return controller + " " + publish;
  }

  /** Which of the settings a configuration has a value for: nobody listens where it says. */
  static List<String> in(ConfigFile config) {
    return KEYS.stream().filter(key -> config.at(ConfigRules.ZMQ + key).isPresent()).toList();
  }

  /**
   * The trainer's arguments.
   *
   * @param present the settings that the configuration has a value for
   */
  static List<String> arguments(Optional<TrainerPorts> ports, List<String> present) {
    List<String> arguments = new ArrayList<>();
    for (String key : KEYS) {
      boolean port = key.endsWith("_port");
      if (port && ports.isPresent()) {
        int number =
            key.startsWith("controller") ? ports.get().controller() : ports.get().publish();
        arguments.add("++" + ConfigRules.ZMQ + key + "=" + number);
      } else if (present.contains(key)) {
        arguments.add(ConfigRules.ZMQ + key + "=null");
      }
    }
    return arguments;
  }
}
