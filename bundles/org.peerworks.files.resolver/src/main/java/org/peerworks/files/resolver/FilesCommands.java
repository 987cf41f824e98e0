package org.peerworks.files.resolver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

/** The shell's commands on mounts; they outlive the resolver, and say so when it is not there. */
@Component(
    service = FilesCommands.class,
    property = {
      "peerworks.complete=mounts",
      "peerworks.complete=list mountPaths",
      "peerworks.complete=resolve"
    })
@GogoCommand(
    scope = "files",
    function = {"mounts", "list", "resolve"})
public final class FilesCommands {

  private final ObjectMapper json = new ObjectMapper();

  @Reference(
      name = "resolver",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile FileResolver resolver;

  @Reference(
      name = "table",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile MountTable table;

  @Descriptor("Lists the mounts: directories of this worker that clients may look into")
  public Object mounts(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson) {
    MountTable now = present(table);
    List<MountRow> rows =
        await(present(resolver).info().toCompletableFuture()).mounts().stream()
            .map(status -> MountRow.of(status, now.mounts()))
            .toList();
    return rows.isEmpty() && !asJson
        ? "No mounts. 'files:mount-add LABEL DIRECTORY' adds one."
        : shown(rows, asJson);
  }

  @Descriptor("Lists a directory of a mount, directories first")
  public Object list(
      CommandSession session,
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("number of the first entry, from 0")
          @Parameter(
              names = {"-o", "--offset"},
              absentValue = "0")
          long offset,
      @Descriptor("most entries, 1 to 1000")
          @Parameter(
              names = {"-n", "--limit"},
              absentValue = "" + FileResolver.DEFAULT_PAGE)
          int limit,
      @Descriptor("a directory in a mount") String path) {
    DirectoryListing page =
        await(present(resolver).list(path, offset, limit).toCompletableFuture());
    if (asJson) {
      return shown(ListingDocument.of(page), true);
    }
    session
        .getConsole()
        .println(
            page.path() + ": " + page.entries().size() + " of " + page.total() + " from " + offset);
    return page.entries().stream().map(FileRow::of).toList();
  }

  @Descriptor("Looks for a file in the mounts, by name, pattern or nearly its name")
  public Object resolve(
      CommandSession session,
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("label of the only mount to look in")
          @Parameter(
              names = {"-m", "--mount"},
              absentValue = "")
          String mount,
      @Descriptor("size of the file in bytes")
          @Parameter(
              names = {"-s", "--size"},
              absentValue = "-1")
          long size,
      @Descriptor("name, path, or pattern with * ? [abc] in quotes") String pattern) {
    SearchRequest request =
        new SearchRequest(
            pattern,
            size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
            OptionalInt.empty(),
            mount.isEmpty() ? Optional.empty() : Optional.of(mount));
    try (Search search = present(resolver).resolve(request, SearchListener.NONE)) {
      SearchOutcome outcome = await(search.outcome().toCompletableFuture());
      if (asJson) {
        return shown(OutcomeDocument.of(outcome), true);
      }
      session.getConsole().println(summary(outcome));
      return outcome.candidates().stream().map(CandidateRow::of).toList();
    }
  }

  private static String summary(SearchOutcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append(outcome.candidates().size()).append(" found in ");
    text.append(outcome.searchTimeMillis()).append(" ms, ");
    text.append(outcome.seen()).append(" looked at");
    text.append(outcome.truncated() ? "; more match" : "");
    text.append(outcome.timeout() ? "; the time was up before all was seen" : "");
    text.append(outcome.deeper() ? "; deeper directories were not looked into" : "");
    text.append(outcome.skipped() > 0 ? "; " + outcome.skipped() + " could not be read" : "");
    if (!outcome.unavailable().isEmpty()) {
      text.append("; no answer from ").append(String.join(", ", outcome.unavailable()));
    }
    return text.append('.').toString();
  }

  /** Paths to complete, with the labels of their mounts. */
  public Map<String, String> mountPaths() {
    Map<String, String> paths = new LinkedHashMap<>();
    present(table)
        .mounts()
        .visible()
        .forEach(mount -> paths.put(mount.configured().toString(), mount.label()));
    return paths;
  }

  /** The wait ends with the session's thread; the resolver keeps its deadlines. */
  private static <T> T await(Future<T> future) {
    return Places.await(future);
  }

  static <T> T present(T service) {
    if (service == null) {
      throw new IllegalStateException(
          "The file resolver is not running. 'scr:info' of its component and the worker's log say"
              + " why.");
    }
    return service;
  }

  private Object shown(Object value, boolean asJson) {
    try {
      return asJson ? json.writeValueAsString(value) : value;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print this as JSON.", e);
    }
  }
}
