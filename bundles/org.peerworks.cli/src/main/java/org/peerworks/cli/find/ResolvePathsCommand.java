package org.peerworks.cli.find;

import java.io.IOException;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.ResolvePaths;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.find.ProjectVideos.Place;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.terminal.Console;

/** Makes a copy of a worker's project with the paths that its videos have there. */
public final class ResolvePathsCommand {

  private final Connector connector;
  private final Console console;
  private final Selector selector;

  public ResolvePathsCommand(Connector connector, Console console, Selector selector) {
    this.connector = connector;
    this.console = console;
    this.selector = selector;
  }

  public int run(ResolvePaths resolve) throws IOException, InterruptedException {
    Connector.check(resolve.target());
    Mappings mappings = Mappings.of(resolve.target(), resolve.mappings());
    try (Connection connection = connector.open(resolve.target())) {
      boolean interactive = resolve.target().interactive();
      String slp =
          new FileFinder(connection, console, selector, interactive)
              .find(resolve.slp(), mappings.toWorker(resolve.slp()), Wanted.LABELS);
      String copy = resolve.output().orElse(folder(slp) + "/");
      Place place = new Place(folder(copy), copy.substring(copy.lastIndexOf('/') + 1));
      String readable =
          new ProjectVideos(connection, console, mappings, interactive).readable(slp, place);
      if (readable.equals(slp)) {
        console.say("No other paths are needed; nothing was written.");
      }
      return ExitStatus.SUCCESS;
    }
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }
}
