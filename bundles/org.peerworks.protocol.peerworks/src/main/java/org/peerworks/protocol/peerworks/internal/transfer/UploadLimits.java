package org.peerworks.protocol.peerworks.internal.transfer;

import java.time.Duration;

/**
 * What callers may leave in the upload directory.
 *
 * @param fileBytes largest file
 * @param callerBytes most bytes of one caller
 * @param callerFiles most files of one caller
 * @param reserveBytes room on the disk that uploads leave free
 * @param expiry how long a file that nobody uploads or uses is kept
 * @param stall how long an upload may stand still before another one of the same file takes over
 */
public record UploadLimits(
    long fileBytes,
    long callerBytes,
    int callerFiles,
    long reserveBytes,
    Duration expiry,
    Duration stall) {

  public static final UploadLimits DEFAULT =
      new UploadLimits(
          64L << 30, 256L << 30, 1000, 2L << 30, Duration.ofHours(24), Duration.ofSeconds(15));
}
