package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Looking into a worker's mounts (§2.7). */
public sealed interface FsRequest extends ClientMessage {

  /** {@code FS_GET_INFO}. */
  record GetInfo() implements FsRequest {
    static final String NAME = "FS_GET_INFO";

    @Override
    public String text() {
      return NAME;
    }
  }

  /** {@code FS_GET_MOUNTS}. */
  record GetMounts() implements FsRequest {
    static final String NAME = "FS_GET_MOUNTS";

    @Override
    public String text() {
      return NAME;
    }
  }

  /**
   * {@code FS_LIST_DIR::<path>::<offset>}.
   *
   * @param path may hold the separator; may be empty
   * @param offset of the first entry, from 0
   */
  record ListDirectory(String path, int offset) implements FsRequest {
    static final String NAME = "FS_LIST_DIR";

    static ListDirectory read(Cut cut) {
      String rest = cut.rest(Limits.PATH + 22);
      // From the end, as a path may hold the separator.
      int last = rest.lastIndexOf(SEPARATOR);
      String offset = last < 0 ? "" : rest.substring(last + 2);
      if (last < 0 || (!offset.isEmpty() && !offset.matches("-?[0-9]{1,19}"))) {
        last = rest.length();
        offset = "";
      }
      return new ListDirectory(
          Cut.checked(NAME, "path", rest.substring(0, last), 0, Limits.PATH),
          offset.isEmpty() ? 0 : (int) Cut.number(NAME, "offset", offset, 0, Integer.MAX_VALUE));
    }

    @Override
    public String text() {
      return Message.join(NAME, path, offset);
    }
  }

  /**
   * {@code FS_RESOLVE::<pattern>::<size>::<depth>::<mount>}; the last three may be missing or
   * empty.
   *
   * @param size of the file that is looked for, in bytes
   * @param mount label of the mount to search; empty or {@code all} for all
   */
  record Resolve(String pattern, OptionalLong size, OptionalInt depth, String mount)
      implements FsRequest {
    static final String NAME = "FS_RESOLVE";

    static Resolve read(Cut cut) {
      String pattern = cut.optional("pattern", 3 * Limits.PATH);
      String size = cut.optional("size", 20);
      String depth = cut.optional("depth", 20);
      return new Resolve(
          pattern,
          size.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(Cut.number(NAME, "size", size, 0, Long.MAX_VALUE)),
          depth.isEmpty()
              ? OptionalInt.empty()
              : OptionalInt.of((int) Cut.number(NAME, "depth", depth, 0, 1000)),
          cut.optionalRest(Limits.NAME));
    }

    @Override
    public String text() {
      return Message.join(
          NAME,
          pattern,
          size.isPresent() ? size.getAsLong() : "",
          depth.isPresent() ? depth.getAsInt() : "",
          mount);
    }
  }

  /** {@code USE_WORKER_PATH::<path>}: the next job is to use this file of the worker. */
  record UseWorkerPath(String path) implements FsRequest {
    static final String NAME = "USE_WORKER_PATH";

    static UseWorkerPath read(Cut cut) {
      return new UseWorkerPath(cut.optionalRest(Limits.PATH));
    }

    @Override
    public String text() {
      return Message.join(NAME, path);
    }
  }

  /** {@code FS_SCAN_DIR::{"directory","filenames":[…]}}. */
  record ScanDirectory(String directory, List<String> names) implements FsRequest {
    static final String NAME = "FS_SCAN_DIR";

    public ScanDirectory {
      names = List.copyOf(names);
    }

    static ScanDirectory read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new ScanDirectory(
          json.text("directory", Limits.PATH), json.texts("filenames", Limits.PATH));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object().put("directory", directory);
      ArrayNode list = json.putArray("filenames");
      names.forEach(list::add);
      return Message.join(NAME, Json.write(json));
    }
  }

  /**
   * {@code FS_WRITE_SLP::{"slp_path","output_dir","filename_map":{old:new},"output_filename"}}.
   *
   * @param outputName empty for the worker's choice
   */
  record WriteProject(
      String project,
      String outputDirectory,
      Map<String, String> videos,
      Optional<String> outputName)
      implements FsRequest {
    static final String NAME = "FS_WRITE_SLP";

    public WriteProject {
      videos = Map.copyOf(videos);
    }

    static WriteProject read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new WriteProject(
          json.text("slp_path", Limits.PATH),
          json.text("output_dir", Limits.PATH, ""),
          json.map("filename_map", Limits.PATH),
          json.optionalText("output_filename", 1024).filter(name -> !name.isEmpty()));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object().put("slp_path", project).put("output_dir", outputDirectory);
      ObjectNode map = json.putObject("filename_map");
      videos.forEach(map::put);
      outputName.ifPresent(name -> json.put("output_filename", name));
      return Message.join(NAME, Json.write(json));
    }
  }

  /** {@code FS_RESOLVE_WITH_PREFIX::{"original_path","new_path","other_missing":[…]}}. */
  record ResolveWithPrefix(String originalPath, String newPath, List<String> otherMissing)
      implements FsRequest {
    static final String NAME = "FS_RESOLVE_WITH_PREFIX";

    public ResolveWithPrefix {
      otherMissing = List.copyOf(otherMissing);
    }

    static ResolveWithPrefix read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.JSON));
      return new ResolveWithPrefix(
          json.text("original_path", Limits.PATH),
          json.text("new_path", Limits.PATH),
          json.texts("other_missing", Limits.PATH));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object().put("original_path", originalPath).put("new_path", newPath);
      ArrayNode list = json.putArray("other_missing");
      otherMissing.forEach(list::add);
      return Message.join(NAME, Json.write(json));
    }
  }

  /** {@code FS_APPLY_PREFIX::{"confirmed":…}}: changes nothing on the worker. */
  record ApplyPrefix(boolean confirmed) implements FsRequest {
    static final String NAME = "FS_APPLY_PREFIX";

    static ApplyPrefix read(Cut cut) {
      return new ApplyPrefix(
          JsonFields.read(NAME, cut.rest("JSON", Limits.PATH)).flag("confirmed", false));
    }

    @Override
    public String text() {
      return Message.join(NAME, Json.write(Json.object().put("confirmed", confirmed)));
    }
  }
}
