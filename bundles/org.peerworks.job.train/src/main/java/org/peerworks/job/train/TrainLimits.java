package org.peerworks.job.train;

import org.peerworks.lib.files.ArchiveLimits;

/**
 * What a training may bring.
 *
 * @param archive what a package may hold
 * @param checkpoints whether it may bring checkpoints to start from
 * @param scriptBytes most bytes of a package's script
 * @param configBytes most bytes of a configuration
 */
record TrainLimits(ArchiveLimits archive, boolean checkpoints, int scriptBytes, int configBytes) {}
