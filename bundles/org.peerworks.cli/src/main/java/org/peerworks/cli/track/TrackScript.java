package org.peerworks.cli.track;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The script of a tracking package, as sleap-rtc writes it; names are quoted where they must be.
 */
final class TrackScript {

  private TrackScript() {}

  /**
   * @param data name of the labels in the package, or their path at the worker
   * @param models folders in the package, or paths at the worker
   * @param output name of the predictions, plain
   * @param options further options by name; flags have no value
   */
  static String text(
      String data,
      List<String> models,
      String output,
      boolean onlySuggestedFrames,
      Map<String, String> options) {
    return """
        #!/bin/bash
        # Auto-generated inference script for sleap-nn track

        sleap-nn track \\
          --data_path %s \\
          %s%s%s \\
          -o %s
        """
        .formatted(
            quoted(data),
            onlySuggestedFrames ? "--only_suggested_frames \\\n  " : "",
            options.entrySet().stream()
                .map(option -> words(option.getKey(), option.getValue()) + " \\\n  ")
                .collect(Collectors.joining()),
            models.stream()
                .map(name -> "--model_paths " + quoted(name))
                .collect(Collectors.joining(" \\\n  ")),
            quoted(output));
  }

  private static String words(String option, String value) {
    return value.isEmpty() ? option : option + " " + quoted(value);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9._/,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
