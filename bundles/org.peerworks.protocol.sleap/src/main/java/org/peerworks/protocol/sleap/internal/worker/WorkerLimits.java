package org.peerworks.protocol.sleap.internal.worker;

import java.time.Duration;

/**
 * What clients may take of this worker.
 *
 * @param clients most channels that are served at once
 * @param channelsOfPeer most of them of one peer
 * @param jobs most jobs of one channel that have not ended
 * @param longestText most bytes of a text message
 * @param messagesPerSecond most text messages per second, on average
 * @param fileBytes largest file
 * @param uploads most files that are on their way in at once, of all clients
 * @param reserveBytes room on the disk that files leave free
 * @param stall how long a file may stand still on its way, in either direction
 * @param idle how long a client may say nothing while none of its jobs runs
 * @param keepAlive time between two signs of life of ours
 * @param auth how long a client may take to authenticate
 * @param redrawsPerSecond most redraws of a progress bar that are passed on
 * @param cachedFiles most files whose place is remembered by their hash
 */
public record WorkerLimits(
    int clients,
    int channelsOfPeer,
    int jobs,
    int longestText,
    int messagesPerSecond,
    long fileBytes,
    int uploads,
    long reserveBytes,
    Duration stall,
    Duration idle,
    Duration keepAlive,
    Duration auth,
    int redrawsPerSecond,
    int cachedFiles) {}
