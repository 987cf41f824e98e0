package org.peerworks.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whether videos go along with labels whose images are not inside. */
final class VideoOptions {

  @Option(
      names = "--no-videos",
      order = 20,
      description =
          "Do not send the videos of the labels, nor look for them: the worker has them at the same path.")
  private boolean none;

  @Option(
      names = "--path-mapping",
      paramLabel = "OLD=NEW",
      order = 21,
      description = {
        "With labels of the worker: where their videos are. OLD is the beginning of paths in the"
            + " labels, NEW what stands there at the worker. May be repeated."
      })
  private List<String> mappings = new ArrayList<>();

  /** New beginning by the old one. */
  Map<String, String> mappings() {
    return PathMappingValues.of(mappings);
  }

  boolean wanted() {
    return !none;
  }
}
