package org.peerworks.lib.slp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/** Decodes the JSON documents inside a .slp file, as Python's jsonpickle and cattrs write them. */
final class MetadataReader {

  private static final int LONGEST_STRING = 16 << 20;
  private static final int SYMMETRY = 2;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  MetadataReader() {
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(LONGEST_STRING)
                .maxNestingDepth(100)
                .build());
  }

  JsonNode parse(String what, String json) {
    try {
      JsonNode node = mapper.readTree(json);
      if (node == null || node.isMissingNode()) {
        throw new DamageException("the JSON of " + what + " is empty");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new DamageException("the JSON of " + what + " is damaged", e);
    }
  }

  List<Skeleton> skeletons(JsonNode metadata) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : metadata.path("nodes")) {
      nodes.add(new Node(text(node, "name"), node.path("weight").asDouble(1)));
    }
    List<Skeleton> skeletons = new ArrayList<>();
    for (JsonNode skeleton : metadata.path("skeletons")) {
      skeletons.add(skeleton(skeleton, nodes));
    }
    return skeletons;
  }

  private static Skeleton skeleton(JsonNode json, List<Node> allNodes) {
    List<Integer> ids = new ArrayList<>();
    for (JsonNode node : json.path("nodes")) {
      ids.add(index(node.path("id"), allNodes.size(), "node"));
    }
    List<Edge> edges = new ArrayList<>();
    List<Edge> symmetries = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    for (JsonNode link : json.path("links")) {
      Edge edge = new Edge(end(link, "source", ids), end(link, "target", ids));
      (type(link.path("type"), types) == SYMMETRY ? symmetries : edges).add(edge);
    }
    return new Skeleton(
        json.path("graph").path("name").asText("Skeleton"),
        ids.stream().map(allNodes::get).toList(),
        edges,
        symmetries);
  }

  private static int end(JsonNode link, String which, List<Integer> ids) {
    int position = ids.indexOf(link.path(which).asInt(-1));
    if (position < 0) {
      throw new DamageException(
          "a link of the skeleton has the unknown " + which + " " + link.path(which));
    }
    return position;
  }

  /** A link's type stands in full at first use and is referred to by number afterwards. */
  private static int type(JsonNode type, List<Integer> seen) {
    if (type.has("py/id")) {
      return seen.get(index(type.path("py/id"), seen.size() + 1, "link type") - 1);
    }
    int value = type.path("py/reduce").path(1).path("py/tuple").path(0).asInt(1);
    seen.add(value);
    return value;
  }

  private static int index(JsonNode json, int limit, String what) {
    int value = json.asInt(-1);
    if (value < 0 || value >= limit) {
      throw new DamageException("the skeleton refers to the unknown " + what + " " + json);
    }
    return value;
  }

  VideoFiles videoFiles(String json) {
    return VideoPaths.of(parse("a video", json)).files();
  }

  /** A JSON document as {@link #parse} takes it. */
  String text(JsonNode json) {
    try {
      return mapper.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new DamageException("a JSON document cannot be written", e);
    }
  }

  Track track(String json) {
    JsonNode track = parse("a track", json);
    return new Track(track.path(0).asInt(), track.path(1).asText());
  }

  Suggestion suggestion(String json, int videos) {
    JsonNode suggestion = parse("a suggestion", json);
    int video = suggestion.path("video").asInt(-1);
    if (video < 0 || video >= videos) {
      throw new DamageException("a suggestion names the unknown video " + suggestion.path("video"));
    }
    int frame = suggestion.path("frame_idx").asInt(-1);
    if (frame < 0) {
      throw new DamageException("a suggestion names the frame " + suggestion.path("frame_idx"));
    }
    return new Suggestion(video, frame, suggestion.path("group").asInt());
  }

  static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new DamageException("the text '" + field + "' is missing in the metadata");
    }
    return value.asText();
  }
}
