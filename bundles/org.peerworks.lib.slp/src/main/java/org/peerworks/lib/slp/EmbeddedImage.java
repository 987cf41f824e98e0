package org.peerworks.lib.slp;

/**
 * One image as it lies in the file.
 *
 * @param data encoded as the format says; belongs to the caller
 */
public record EmbeddedImage(EmbeddedFrames frames, int frameIndex, byte[] data) {}
