package org.peerworks.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "resolve-paths",
    description = {
      "Find the videos of a project that the worker has, and write a copy of it with their paths.",
      "The project itself is never changed. You are asked before anything is written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} --room 2f4919b3 --token f3a9c1 --slp /vast/fly/labels.slp",
      "",
      "  # The worker looks for the project, and nothing is asked about its videos",
      "  ${COMMAND-FULL-NAME} -r 2f4919b3 -t f3a9c1 --slp labels.slp --path-mapping 'D:\\data=/vast/data'",
      "",
      "Exit status: 0 all videos can be read, 2 usage, 3 no connection, 4 refused, 5 a choice is needed,"
          + " 130 cancelled."
    })
final class ResolvePathsLine implements Line {

  @Mixin private TargetOptions target;

  @Option(
      names = "--slp",
      paramLabel = "PATH",
      order = 1,
      required = true,
      description = "The project at the worker: an absolute path, or a name or pattern.")
  private String slp;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      order = 2,
      description =
          "The copy at the worker (.slp), which must not exist yet. Default: beside the project,"
              + " resolved_<date>_<name>.")
  private String output;

  @Option(
      names = "--path-mapping",
      paramLabel = "OLD=NEW",
      order = 3,
      description = {
        "OLD is the beginning of paths in the project, NEW what stands there at the worker. May be"
            + " repeated."
      })
  private List<String> mappings = new ArrayList<>();

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    if (output != null
        && !(output.startsWith("/") && output.toLowerCase(Locale.ROOT).endsWith(".slp"))) {
      throw new UsageException(
          "--output is a path of the worker, which begins with '/' and ends in .slp, but was '"
              + output
              + "'.");
    }
    return new Parsed.Run(
        new Invocation.ResolvePaths(
            target.target(surroundings),
            slp,
            Optional.ofNullable(output),
            PathMappingValues.of(mappings)),
        Plans.client(target.dataDirectory(surroundings)));
  }
}
