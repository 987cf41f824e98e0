package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a worker says of the videos of a project (§2.7). */
public sealed interface FsProjectReply extends FsReply {

  /** A video that cannot be read. */
  record MissingVideo(String name, String originalPath) {}

  /**
   * {@code
   * FS_CHECK_VIDEOS_RESPONSE::{"slp_path","total_videos","missing":[…],"accessible","embedded"}}.
   *
   * @param error why the videos could not be checked
   */
  record VideoCheck(
      String project,
      long total,
      List<MissingVideo> missing,
      long accessible,
      long embedded,
      Optional<String> error)
      implements FsProjectReply {
    static final String NAME = "FS_CHECK_VIDEOS_RESPONSE";

    public VideoCheck {
      missing = List.copyOf(missing);
    }

    static VideoCheck read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new VideoCheck(
          json.text("slp_path", Limits.PATH, ""),
          json.number("total_videos", 0, Long.MAX_VALUE, 0),
          json.objects(
              "missing",
              video ->
                  new MissingVideo(
                      video.text("filename", Limits.PATH, ""),
                      video.text("original_path", Limits.PATH, ""))),
          json.number("accessible", 0, Long.MAX_VALUE, 0),
          json.number("embedded", 0, Long.MAX_VALUE, 0),
          json.optionalText("error", Limits.LINE));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object().put("slp_path", project).put("total_videos", total);
      ArrayNode list = json.putArray("missing");
      missing.forEach(
          video ->
              list.addObject()
                  .put("filename", video.name())
                  .put("original_path", video.originalPath()));
      json.put("accessible", accessible).put("embedded", embedded);
      error.ifPresent(why -> json.put("error", why));
      return Message.join(NAME, Json.write(json));
    }
  }

  /** {@code FS_SCAN_DIR_RESPONSE::{"directory","found":{name: path}}}. */
  record Scanned(String directory, Map<String, String> found) implements FsProjectReply {
    static final String NAME = "FS_SCAN_DIR_RESPONSE";

    public Scanned {
      found = Map.copyOf(found);
    }

    static Scanned read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new Scanned(json.text("directory", Limits.PATH, ""), json.map("found", Limits.PATH));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object().put("directory", directory);
      ObjectNode map = json.putObject("found");
      found.forEach(map::put);
      return Message.join(NAME, Json.write(json));
    }
  }

  /** {@code FS_WRITE_SLP_OK::{"output_path","videos_updated"}}. */
  record Written(String path, long videos) implements FsProjectReply {
    static final String NAME = "FS_WRITE_SLP_OK";

    static Written read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new Written(
          json.text("output_path", Limits.PATH),
          json.number("videos_updated", 0, Long.MAX_VALUE, 0));
    }

    @Override
    public String text() {
      return Message.join(
          NAME, Json.write(Json.object().put("output_path", path).put("videos_updated", videos)));
    }
  }

  /** {@code FS_WRITE_SLP_ERROR::{"error"}}. */
  record NotWritten(String error) implements FsProjectReply {
    static final String NAME = "FS_WRITE_SLP_ERROR";

    static NotWritten read(Cut cut) {
      return new NotWritten(
          JsonFields.read(NAME, cut.rest("JSON", Limits.JSON)).text("error", Limits.LINE, ""));
    }

    @Override
    public String text() {
      return Message.join(NAME, Json.write(Json.object().put("error", error)));
    }
  }

  /** A path before and after. */
  record Move(String original, String resolved) {}

  /**
   * {@code FS_PREFIX_PROPOSAL::{"old_prefix","new_prefix","would_resolve":[…],
   * "would_not_resolve":[…]}}.
   */
  record Proposal(
      String oldPrefix, String newPrefix, List<Move> wouldResolve, List<String> wouldNotResolve)
      implements FsProjectReply {
    static final String NAME = "FS_PREFIX_PROPOSAL";

    public Proposal {
      wouldResolve = List.copyOf(wouldResolve);
      wouldNotResolve = List.copyOf(wouldNotResolve);
    }

    static Proposal read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new Proposal(
          json.text("old_prefix", Limits.PATH, ""),
          json.text("new_prefix", Limits.PATH, ""),
          json.objects(
              "would_resolve",
              move ->
                  new Move(move.text("original", Limits.PATH), move.text("resolved", Limits.PATH))),
          json.texts("would_not_resolve", Limits.PATH));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object().put("old_prefix", oldPrefix).put("new_prefix", newPrefix);
      ArrayNode moves = json.putArray("would_resolve");
      wouldResolve.forEach(
          move ->
              moves.addObject().put("original", move.original()).put("resolved", move.resolved()));
      ArrayNode rest = json.putArray("would_not_resolve");
      wouldNotResolve.forEach(rest::add);
      return Message.join(NAME, Json.write(json));
    }
  }

  /** {@code FS_PREFIX_APPLIED::{"success":…}}. */
  record PrefixApplied(boolean success) implements FsProjectReply {
    static final String NAME = "FS_PREFIX_APPLIED";

    static PrefixApplied read(Cut cut) {
      return new PrefixApplied(
          JsonFields.read(NAME, cut.rest("JSON", Limits.PATH)).flag("success", false));
    }

    @Override
    public String text() {
      return Message.join(NAME, Json.write(Json.object().put("success", success)));
    }
  }
}
