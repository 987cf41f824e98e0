package org.peerworks.deploy.apply;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param call one start, stop or removal of a bundle
 * @param health until what was started is well
 */
public record Timing(Duration call, Duration health) {}
