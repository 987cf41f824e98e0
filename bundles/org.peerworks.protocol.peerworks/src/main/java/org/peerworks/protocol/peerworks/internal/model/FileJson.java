package org.peerworks.protocol.peerworks.internal.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Texts;

/** What is said of a worker's files, as JSON. */
public final class FileJson {

  /** Longest path, in characters. */
  public static final int LONGEST_PATH = 4096;

  private static final int LONGEST_TEXT = 4000;
  private static final int MOST_MOUNTS = 1000;
  private static final double POINT = 1000;

  private FileJson() {}

  /** A path or name of the other side, which may be shown on a terminal. */
  public static String path(Fields json, String name) {
    String path = json.text(name, LONGEST_PATH);
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new FieldException("Field '" + name + "' has control characters.");
    }
    return path;
  }

  private static ObjectNode write(FileEntry entry) {
    return Json.object()
        .put("path", entry.path())
        .put("name", entry.name())
        .put("directory", entry.directory())
        .put("size", entry.size())
        .put("modified", entry.modified().toString());
  }

  private static FileEntry readEntry(Fields json) {
    return new FileEntry(
        path(json, "path"),
        path(json, "name"),
        json.flag("directory", false),
        json.number("size", 0, Long.MAX_VALUE),
        JobJson.time(json, "modified"));
  }

  public static ObjectNode entry(FileEntry entry) {
    return Json.object().set("entry", write(entry));
  }

  public static FileEntry entry(Fields json) {
    return readEntry(json.object("entry"));
  }

  public static ObjectNode info(FilesInfo info) {
    ObjectNode json =
        Json.object()
            .put("workerName", info.workerName())
            .put("workingDirectory", info.workingDirectory());
    ArrayNode mounts = json.putArray("mounts");
    info.mounts()
        .forEach(
            status ->
                mounts
                    .addObject()
                    .put("label", status.mount().label())
                    .put("path", status.mount().path())
                    .put("problem", status.problem()));
    return json;
  }

  public static FilesInfo info(Fields json) {
    return new FilesInfo(
        Texts.line(json.text("workerName", 300), 200),
        path(json, "workingDirectory"),
        json.objects(
            "mounts",
            MOST_MOUNTS,
            mount ->
                new MountStatus(
                    new Mount(path(mount, "label"), path(mount, "path")),
                    Texts.line(mount.text("problem", LONGEST_TEXT), LONGEST_TEXT))));
  }

  public static ObjectNode listing(DirectoryListing listing) {
    ObjectNode json =
        Json.object()
            .put("path", listing.path())
            .put("total", listing.total())
            .put("hasMore", listing.hasMore())
            .put("hidden", listing.hidden());
    ArrayNode entries = json.putArray("entries");
    listing.entries().forEach(entry -> entries.add(write(entry)));
    return json;
  }

  public static DirectoryListing listing(Fields json) {
    return new DirectoryListing(
        path(json, "path"),
        json.objects("entries", FileResolver.LARGEST_PAGE, FileJson::readEntry),
        json.number("total", 0, Long.MAX_VALUE),
        json.flag("hasMore", false),
        json.number("hidden", 0, Long.MAX_VALUE));
  }

  public static ObjectNode request(SearchRequest request) {
    ObjectNode json = Json.object().put("pattern", request.pattern());
    request.size().ifPresent(size -> json.put("size", size));
    request.maxDepth().ifPresent(depth -> json.put("maxDepth", depth));
    request.mount().ifPresent(mount -> json.put("mount", mount));
    return json;
  }

  /** The pattern's own rules are the resolver's. */
  public static SearchRequest request(Fields json) {
    return new SearchRequest(
        json.text("pattern", 4 * LONGEST_PATH),
        json.has("size")
            ? OptionalLong.of(json.number("size", 0, Long.MAX_VALUE))
            : OptionalLong.empty(),
        json.has("maxDepth")
            ? OptionalInt.of((int) json.number("maxDepth", 0, Integer.MAX_VALUE))
            : OptionalInt.empty(),
        json.has("mount") ? Optional.of(json.text("mount", 200)) : Optional.empty());
  }

  public static ArrayNode candidates(List<Candidate> candidates) {
    ArrayNode array = Json.object().putArray("candidates");
    for (Candidate candidate : candidates) {
      array.add(
          write(candidate.file())
              .put("mount", candidate.mount())
              .put("match", candidate.matchType().name().toLowerCase(Locale.ROOT))
              .put("millipoints", Math.round(candidate.score() * POINT)));
    }
    return array;
  }

  public static List<Candidate> candidates(Fields json) {
    return json.objects("candidates", FileResolver.MOST_CANDIDATES, FileJson::candidate);
  }

  private static Candidate candidate(Fields json) {
    String match = json.text("match", 40);
    for (MatchType known : MatchType.values()) {
      if (known.name().equalsIgnoreCase(match)) {
        return new Candidate(
            readEntry(json),
            path(json, "mount"),
            known,
            json.number("millipoints", -1_000_000_000, 1_000_000_000) / POINT);
      }
    }
    throw new FieldException("The match '" + Texts.line(match, 40) + "' is not known.");
  }

  public static ObjectNode outcome(SearchOutcome outcome) {
    ObjectNode json =
        Json.object()
            .put("truncated", outcome.truncated())
            .put("timeout", outcome.timeout())
            .put("deeper", outcome.deeper())
            .put("searchTimeMillis", outcome.searchTimeMillis())
            .put("seen", outcome.seen())
            .put("skipped", outcome.skipped());
    json.set("candidates", candidates(outcome.candidates()));
    ArrayNode unavailable = json.putArray("unavailable");
    outcome.unavailable().forEach(unavailable::add);
    return json;
  }

  public static SearchOutcome outcome(Fields json) {
    return new SearchOutcome(
        candidates(json),
        json.flag("truncated", false),
        json.flag("timeout", false),
        json.flag("deeper", false),
        json.number("searchTimeMillis", 0, Long.MAX_VALUE),
        json.number("seen", 0, Long.MAX_VALUE),
        json.number("skipped", 0, Long.MAX_VALUE),
        json.texts("unavailable", MOST_MOUNTS, 200).stream()
            .map(label -> Texts.line(label, 200))
            .toList());
  }

  /** A refusal, which is an answer like others: jobs know other codes. */
  public static ObjectNode refusal(FileAccessException refusal) {
    String message = refusal.getMessage();
    ObjectNode json = Json.object();
    json.putObject("refused")
        .put("code", refusal.code().name())
        .put(
            "message",
            message.length() > LONGEST_TEXT ? message.substring(0, LONGEST_TEXT) : message);
    return json;
  }

  /**
   * @throws FileAccessException if the answer is a refusal
   */
  public static Fields granted(Fields json) {
    Optional<Fields> refused = json.optionalObject("refused");
    if (refused.isEmpty()) {
      return json;
    }
    String message = Texts.clean(refused.get().text("message", 2 * LONGEST_TEXT), LONGEST_TEXT);
    String code = refused.get().text("code", 40);
    for (FileAccessException.Code known : FileAccessException.Code.values()) {
      if (known.name().equals(code)) {
        throw new FileAccessException(known, message);
      }
    }
    // A code that a later version added.
    throw new FileAccessException(FileAccessException.Code.INTERNAL, message);
  }
}
