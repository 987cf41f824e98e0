package org.peerworks.lib.slp;

/**
 * A named body part.
 *
 * @param name unique in its skeleton
 * @param weight 1 unless someone changed it
 */
public record Node(String name, double weight) {}
