package org.peerworks.lib.slp;

/**
 * A connection between two nodes of one skeleton.
 *
 * @param source index in {@link Skeleton#nodes()}
 * @param destination index in {@link Skeleton#nodes()}
 */
public record Edge(int source, int destination) {}
