package org.peerworks.lib.slp;

import java.util.List;

/**
 * The body parts of an animal and how they hang together.
 *
 * @param nodes in the order of an instance's points
 * @param edges from a part to the next one
 * @param symmetries pairs of parts that mirror each other
 */
public record Skeleton(String name, List<Node> nodes, List<Edge> edges, List<Edge> symmetries) {

  public Skeleton {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    symmetries = List.copyOf(symmetries);
  }

  /** The names of the nodes, in the order of an instance's points. */
  public List<String> nodeNames() {
    return nodes.stream().map(Node::name).toList();
  }
}
