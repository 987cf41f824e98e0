package org.peerworks.protocol.peerworks.internal.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.MissingVideo;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** What is said of the videos of projects, as JSON. Maps are lists of pairs. */
public final class ProjectJson {

  private static final int MOST = FileResolver.MOST_NAMES;

  private ProjectJson() {}

  public static ObjectNode check(VideoCheck check) {
    ObjectNode json =
        Json.object()
            .put("slpPath", check.slpPath())
            .put("total", check.total())
            .put("accessible", check.accessible())
            .put("embedded", check.embedded());
    ArrayNode missing = json.putArray("missing");
    check
        .missing()
        .forEach(
            video ->
                missing
                    .addObject()
                    .put("filename", video.filename())
                    .put("originalPath", video.originalPath()));
    return json;
  }

  public static VideoCheck check(Fields json) {
    return new VideoCheck(
        FileJson.path(json, "slpPath"),
        count(json, "total"),
        count(json, "accessible"),
        count(json, "embedded"),
        json.objects(
            "missing",
            MOST,
            video ->
                new MissingVideo(
                    FileJson.path(video, "filename"), FileJson.path(video, "originalPath"))));
  }

  private static int count(Fields json, String name) {
    return (int) json.number(name, 0, Integer.MAX_VALUE);
  }

  public static ObjectNode scan(DirectoryScan scan) {
    ObjectNode json = Json.object().put("directory", scan.directory());
    json.set("found", pairs(scan.found()));
    return json;
  }

  public static DirectoryScan scan(Fields json) {
    return new DirectoryScan(FileJson.path(json, "directory"), pairs(json, "found"));
  }

  public static ObjectNode proposal(PrefixProposal proposal) {
    ObjectNode json =
        Json.object().put("oldPrefix", proposal.oldPrefix()).put("newPrefix", proposal.newPrefix());
    json.set("wouldResolve", pairs(proposal.wouldResolve()));
    json.set("wouldNotResolve", texts(proposal.wouldNotResolve()));
    return json;
  }

  public static PrefixProposal proposal(Fields json) {
    return new PrefixProposal(
        FileJson.path(json, "oldPrefix"),
        FileJson.path(json, "newPrefix"),
        pairs(json, "wouldResolve"),
        texts(json, "wouldNotResolve"));
  }

  public static ObjectNode request(ProjectRequest request) {
    ObjectNode json =
        Json.object()
            .put("slpPath", request.slpPath())
            .put("outputDirectory", request.outputDirectory())
            .put("outputName", request.outputName());
    json.set("videos", pairs(request.videos()));
    return json;
  }

  public static ProjectRequest request(Fields json) {
    return new ProjectRequest(
        json.text("slpPath", FileJson.LONGEST_PATH),
        json.text("outputDirectory", FileJson.LONGEST_PATH),
        pairs(json, "videos"),
        json.text("outputName", 1000));
  }

  public static ObjectNode written(WrittenProject written) {
    return Json.object().put("path", written.path()).put("videosUpdated", written.videosUpdated());
  }

  public static WrittenProject written(Fields json) {
    return new WrittenProject(FileJson.path(json, "path"), count(json, "videosUpdated"));
  }

  public static ArrayNode texts(List<String> texts) {
    ArrayNode array = Json.object().putArray("texts");
    texts.forEach(array::add);
    return array;
  }

  public static List<String> texts(Fields json, String name) {
    return json.texts(name, MOST, FileJson.LONGEST_PATH);
  }

  private static ArrayNode pairs(Map<String, String> map) {
    ArrayNode array = Json.object().putArray("pairs");
    map.forEach((from, to) -> array.addObject().put("from", from).put("to", to));
    return array;
  }

  private static Map<String, String> pairs(Fields json, String name) {
    Map<String, String> map = new LinkedHashMap<>();
    json.objects(
            name, MOST, pair -> Map.entry(FileJson.path(pair, "from"), FileJson.path(pair, "to")))
        .forEach(pair -> map.put(pair.getKey(), pair.getValue()));
    return map;
  }
}
