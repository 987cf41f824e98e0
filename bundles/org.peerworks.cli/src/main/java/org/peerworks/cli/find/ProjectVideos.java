package org.peerworks.cli.find;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.terminal.Console;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;

/**
 * Makes sure that a worker can read the videos of a project that lies there. Where they have moved,
 * it gets a copy with their paths, once the user has agreed; the project itself stays as it is.
 */
public final class ProjectVideos {

  private static final int MOST_LINES = 8;

  private final Connection connection;
  private final Console console;
  private final Mappings mappings;
  private final boolean interactive;

  /**
   * @param interactive whether a person may be asked
   */
  public ProjectVideos(
      Connection connection, Console console, Mappings mappings, boolean interactive) {
    this.connection = connection;
    this.console = console;
    this.mappings = mappings;
    this.interactive = interactive && console.person();
  }

  /**
   * Where a copy goes.
   *
   * @param directory at the worker; empty for a place of its own that it empties after some days
   * @param name plain file name; empty for one that says what it is
   */
  public record Place(String directory, String name) {
    /** Where only jobs find it. */
    public static final Place OF_JOB = new Place("", "");
  }

  /**
   * Finds the videos of a project.
   *
   * @param slp its absolute path at the worker
   * @return the same if all is well, else the path of a copy
   * @throws CommandFailure if the user does not agree, or nobody can be asked
   */
  public String readable(String slp, Place place) throws InterruptedException {
    FileResolver files = connection.files().orElseThrow();
    console.status("Checking the videos of '" + slp + "' ...");
    VideoCheck check = connection.await(files.checkVideos(slp));
    if (check.missing().isEmpty()) {
      console.endStatus();
      console.event("videos", fields(new PathChanges(check)));
      return slp;
    }
    PathChanges changes = new PathChanges(check);
    if (changes.unnamed() > 0) {
      throw CommandFailure.failed(
          "'%s' has %d videos that worker '%s' cannot read, and it names only %d of them. Give the project their paths in SLEAP, or use a worker that speaks Peerworks' own protocol, which names all."
              .formatted(
                  slp,
                  check.missing().size() + changes.unnamed(),
                  connection.workerName(),
                  check.missing().size()),
          null);
    }
    console.status("Looking for " + check.missing().size() + " videos ...");
    new VideoFinder(connection, files, mappings).find(changes);
    console.endStatus();
    changes.described(MOST_LINES).forEach(console::say);
    console.event("videos", fields(changes));
    if (!changes.needsNobody()) {
      confirm(changes);
    }
    if (changes.found().isEmpty()) {
      return slp;
    }
    WrittenProject written =
        connection.await(
            files.writeProject(
                new ProjectRequest(slp, place.directory(), changes.found(), place.name())));
    console.say(
        "Wrote '%s' with %d new %s; '%s' is as it was."
            .formatted(
                written.path(),
                written.videosUpdated(),
                written.videosUpdated() == 1 ? "path" : "paths",
                slp));
    console.event("written", "path", written.path(), "videosUpdated", written.videosUpdated());
    return written.path();
  }

  private void confirm(PathChanges changes) throws InterruptedException {
    if (!interactive) {
      throw CommandFailure.choice(
          "Somebody has to say whether these are the right videos. "
              + changes
                  .option()
                  .map(option -> "Say so with " + option + ".")
                  .orElse("Say where they are with --path-mapping 'OLD=NEW'."));
    }
    String question =
        changes.found().isEmpty()
            ? "None was found. Go on without them? [y/N]"
            : changes.open().isEmpty()
                ? "Use these? [y/N]"
                : "Use these, and go on without the others? [y/N]";
    Optional<String> answer = console.ask(question);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (answer
        .filter(text -> List.of("y", "yes").contains(text.toLowerCase(Locale.ROOT)))
        .isEmpty()) {
      throw CommandFailure.cancelled(
          "Nothing was changed. Where videos are elsewhere, say so with --path-mapping 'OLD=NEW'.");
    }
  }

  private static Object[] fields(PathChanges changes) {
    VideoCheck check = changes.check();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("project", check.slpPath());
    fields.put("total", check.total());
    fields.put("accessible", check.accessible());
    fields.put("embedded", check.embedded());
    fields.put("found", changes.found());
    fields.put("missing", changes.open());
    fields.put("notLookedFor", changes.unsought());
    fields.put("prefixes", changes.prefixes());
    return fields.entrySet().stream()
        .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
        .toArray();
  }
}
