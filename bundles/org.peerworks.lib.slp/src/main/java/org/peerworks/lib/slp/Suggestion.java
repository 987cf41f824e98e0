package org.peerworks.lib.slp;

/**
 * A frame that somebody or something proposes to label next.
 *
 * @param video index in {@link Labels#videos()}
 * @param frameIndex frame of that video, from 0
 * @param group of suggestions, 0 unless there are several
 */
public record Suggestion(int video, int frameIndex, int group) {}
