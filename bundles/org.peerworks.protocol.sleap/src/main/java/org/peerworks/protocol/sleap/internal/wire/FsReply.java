package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a worker says of its mounts (§2.7). {@link FsProjectReply} has what is about videos. */
public sealed interface FsReply extends WorkerMessage permits FsReply.Plain, FsProjectReply {

  /** The answers about directories and paths. */
  sealed interface Plain extends FsReply {}

  /**
   * A directory of the worker that clients may look into.
   *
   * @param problem why it cannot be used now; empty if it can. {@code "problem"} is a field of ours
   *     that is left out then, and that other clients pass over
   */
  record MountPoint(String path, String label, String problem) {

    static MountPoint read(JsonFields json) {
      return new MountPoint(
          json.text("path", Limits.PATH),
          json.text("label", Limits.PATH, ""),
          json.text("problem", Limits.LINE, ""));
    }

    static ArrayNode write(List<MountPoint> mounts) {
      ArrayNode list = Json.object().arrayNode();
      for (MountPoint mount : mounts) {
        ObjectNode json = list.addObject().put("path", mount.path()).put("label", mount.label());
        if (!mount.problem().isEmpty()) {
          json.put("problem", mount.problem());
        }
      }
      return list;
    }
  }

  /** {@code FS_INFO_RESPONSE::{"worker_id","working_dir","mounts":[…]}}. */
  record Info(String workerId, String workingDirectory, List<MountPoint> mounts) implements Plain {
    static final String NAME = "FS_INFO_RESPONSE";

    public Info {
      mounts = List.copyOf(mounts);
    }

    static Info read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new Info(
          json.text("worker_id", Limits.PATH, ""),
          json.text("working_dir", Limits.PATH, ""),
          json.objects("mounts", MountPoint::read));
    }

    @Override
    public String text() {
      ObjectNode json =
          Json.object().put("worker_id", workerId).put("working_dir", workingDirectory);
      json.set("mounts", MountPoint.write(mounts));
      return Message.join(NAME, Json.write(json));
    }
  }

  /** {@code FS_MOUNTS_RESPONSE::[{"path","label"}]}. */
  record Mounts(List<MountPoint> mounts) implements Plain {
    static final String NAME = "FS_MOUNTS_RESPONSE";

    public Mounts {
      mounts = List.copyOf(mounts);
    }

    static Mounts read(Cut cut) {
      ObjectNode json = Json.object();
      json.set("mounts", Json.read(cut.rest("JSON", Limits.JSON)));
      return new Mounts(new JsonFields(NAME, json).objects("mounts", MountPoint::read));
    }

    @Override
    public String text() {
      return Message.join(NAME, Json.write(MountPoint.write(mounts)));
    }
  }

  /**
   * An entry of a directory.
   *
   * @param size in bytes; 0 for a directory
   * @param modified seconds since 1970, with fractions
   */
  record Entry(String name, boolean directory, long size, double modified) {}

  /** {@code FS_LIST_RESPONSE::{"path","entries":[…],"total_count","has_more"}}. */
  record Listing(String path, List<Entry> entries, long total, boolean more) implements Plain {
    static final String NAME = "FS_LIST_RESPONSE";

    public Listing {
      entries = List.copyOf(entries);
    }

    static Listing read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new Listing(
          json.text("path", Limits.PATH, ""),
          json.objects(
              "entries",
              entry ->
                  new Entry(
                      entry.text("name", Limits.PATH),
                      entry.text("type", 40, "file").equals("directory"),
                      entry.number("size", 0, Long.MAX_VALUE, 0),
                      entry.decimal("modified", 0))),
          json.number("total_count", 0, Long.MAX_VALUE, 0),
          json.flag("has_more", false));
    }

    /** Its fields, as they stand in every form of this answer. */
    public ObjectNode json() {
      ObjectNode json = Json.object().put("path", path);
      ArrayNode list = json.putArray("entries");
      for (Entry entry : entries) {
        list.addObject()
            .put("name", entry.name())
            .put("type", entry.directory() ? "directory" : "file")
            .put("size", entry.directory() ? 0 : entry.size())
            .put("modified", entry.modified());
      }
      return json.put("total_count", total).put("has_more", more);
    }

    @Override
    public String text() {
      return Message.join(NAME, Json.write(json()));
    }
  }

  /**
   * A file that may be the one that is looked for.
   *
   * @param match {@code exact}, {@code wildcard}, {@code substring} or {@code fuzzy}
   */
  record Candidate(
      String path, String name, long size, double modified, String match, double score) {}

  /**
   * What a search did not see: fields of ours that are left out where there is nothing to tell, and
   * that other clients pass over.
   *
   * @param deeper whether there are directories that lie too deep
   * @param skipped files and directories that could not be read
   * @param unavailable labels of mounts that did not answer
   */
  record Gaps(boolean deeper, long skipped, List<String> unavailable) {
    public static final Gaps NONE = new Gaps(false, 0, List.of());

    public Gaps {
      unavailable = List.copyOf(unavailable);
    }

    static Gaps read(JsonFields json) {
      return new Gaps(
          json.flag("deeper", false),
          json.number("skipped", 0, Long.MAX_VALUE, 0),
          json.texts("unavailable", Limits.PATH));
    }

    void write(ObjectNode json) {
      if (deeper) {
        json.put("deeper", true);
      }
      if (skipped > 0) {
        json.put("skipped", skipped);
      }
      if (!unavailable.isEmpty()) {
        unavailable.forEach(json.putArray("unavailable")::add);
      }
    }
  }

  /**
   * {@code FS_RESOLVE_RESPONSE::{"candidates":[…],"truncated","timeout","search_time_ms"}}.
   *
   * @param timeout whether something was not seen for lack of time, or of an answer
   */
  record Resolved(
      List<Candidate> candidates, boolean truncated, boolean timeout, double millis, Gaps gaps)
      implements Plain {
    static final String NAME = "FS_RESOLVE_RESPONSE";

    public Resolved {
      candidates = List.copyOf(candidates);
    }

    static Resolved read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new Resolved(
          json.objects(
              "candidates",
              candidate ->
                  new Candidate(
                      candidate.text("path", Limits.PATH),
                      candidate.text("name", Limits.PATH, ""),
                      candidate.number("size", 0, Long.MAX_VALUE, 0),
                      candidate.decimal("modified", 0),
                      candidate.text("match_type", Limits.ID, ""),
                      candidate.decimal("score", 0))),
          json.flag("truncated", false),
          json.flag("timeout", false),
          json.decimal("search_time_ms", 0),
          Gaps.read(json));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object();
      ArrayNode list = json.putArray("candidates");
      for (Candidate candidate : candidates) {
        list.addObject()
            .put("path", candidate.path())
            .put("name", candidate.name())
            .put("size", candidate.size())
            .put("modified", candidate.modified())
            .put("match_type", candidate.match())
            .put("score", candidate.score());
      }
      json.put("truncated", truncated).put("timeout", timeout).put("search_time_ms", millis);
      gaps.write(json);
      return Message.join(NAME, Json.write(json));
    }
  }

  /**
   * {@code FS_ERROR::<code>::<message>}.
   *
   * @param code {@code ACCESS_DENIED}, {@code PATTERN_TOO_BROAD}, {@code PATH_NOT_FOUND}, {@code
   *     INVALID_REQUEST}, {@code MOUNT_NOT_FOUND} or another
   */
  record Failed(String code, String message) implements Plain {
    static final String NAME = "FS_ERROR";

    static Failed read(Cut cut) {
      return new Failed(cut.field("code", Limits.ID), cut.optionalRest(Limits.LINE));
    }

    @Override
    public String text() {
      return Message.join(NAME, code, message);
    }
  }

  /** {@code WORKER_PATH_OK::<path>}. */
  record PathOk(String path) implements Plain {
    static final String NAME = "WORKER_PATH_OK";

    @Override
    public String text() {
      return Message.join(NAME, path);
    }
  }

  /** {@code WORKER_PATH_ERROR::<text>}. */
  record PathError(String message) implements Plain {
    static final String NAME = "WORKER_PATH_ERROR";

    @Override
    public String text() {
      return Message.join(NAME, message);
    }
  }
}
