package org.peerworks.lib.slp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Encodes the JSON documents inside a .slp file the way SLEAP's jsonpickle does. */
final class MetadataWriter {

  private static final int EDGE = 1;
  private static final int SYMMETRY = 2;

  private final JsonMapper mapper = new JsonMapper();

  String metadata(List<Skeleton> skeletons) {
    ObjectNode json = mapper.createObjectNode();
    json.put("version", "2.0.0");
    List<Node> nodes = new ArrayList<>();
    ArrayNode list = json.putArray("skeletons");
    for (Skeleton skeleton : skeletons) {
      list.add(skeleton(skeleton, nodes.size()));
      nodes.addAll(skeleton.nodes());
    }
    ArrayNode names = json.putArray("nodes");
    nodes.forEach(node -> names.addObject().put("name", node.name()).put("weight", node.weight()));
    json.putArray("videos");
    json.putArray("tracks");
    json.putArray("suggestions");
    json.putObject("negative_anchors");
    json.putObject("provenance");
    return json.toString();
  }

  private ObjectNode skeleton(Skeleton skeleton, int firstNode) {
    ObjectNode json = mapper.createObjectNode();
    json.put("directed", true);
    json.putObject("graph")
        .put("name", skeleton.name())
        .put("num_edges_inserted", skeleton.edges().size());
    ArrayNode links = json.putArray("links");
    Map<Integer, Integer> seen = new HashMap<>();
    int inserted = 0;
    for (Edge edge : skeleton.edges()) {
      ObjectNode link = links.addObject().put("edge_insert_idx", inserted++);
      link(link, edge, EDGE, firstNode, seen);
    }
    for (Edge edge : skeleton.symmetries()) {
      link(links.addObject(), edge, SYMMETRY, firstNode, seen);
    }
    json.put("multigraph", true);
    ArrayNode ids = json.putArray("nodes");
    for (int i = 0; i < skeleton.nodes().size(); i++) {
      ids.addObject().put("id", firstNode + i);
    }
    return json;
  }

  private static void link(
      ObjectNode link, Edge edge, int type, int firstNode, Map<Integer, Integer> seen) {
    link.put("key", 0);
    link.put("source", firstNode + edge.source());
    link.put("target", firstNode + edge.destination());
    ObjectNode json = link.putObject("type");
    Integer earlier = seen.get(type);
    if (earlier != null) {
      json.put("py/id", earlier);
      return;
    }
    seen.put(type, seen.size() + 1);
    ArrayNode reduce = json.putArray("py/reduce");
    reduce.addObject().put("py/type", "sleap.skeleton.EdgeType");
    reduce.addObject().putArray("py/tuple").add(type);
  }

  String video(Video video) {
    ObjectNode json = mapper.createObjectNode();
    ObjectNode backend = json.putObject("backend");
    if (video.embedded().isPresent()) {
      backend.put("filename", ".").put("dataset", video.embedded().get().dataset());
      backend.put("input_format", "channels_last").put("convert_range", false);
    } else {
      external(backend, video);
    }
    return json.toString();
  }

  private static void external(ObjectNode backend, Video video) {
    backend.put("filename", video.filename()).put("dataset", "").put("input_format", "");
    video.grayscale().ifPresent(grayscale -> backend.put("grayscale", grayscale));
  }

  String source(Video video) {
    ObjectNode json = mapper.createObjectNode();
    external(json.putObject("backend"), video);
    return json.toString();
  }

  String track(Track track) {
    return mapper.createArrayNode().add(track.spawnedOn()).add(track.name()).toString();
  }

  String suggestion(Suggestion suggestion) {
    return mapper
        .createObjectNode()
        .put("video", Integer.toString(suggestion.video()))
        .put("frame_idx", suggestion.frameIndex())
        .put("group", suggestion.group())
        .toString();
  }
}
