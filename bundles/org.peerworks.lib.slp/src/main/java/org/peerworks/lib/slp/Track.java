package org.peerworks.lib.slp;

/**
 * One animal's identity through a video.
 *
 * @param spawnedOn index of the frame that it first appeared on; 0 if unknown
 */
public record Track(int spawnedOn, String name) {}
