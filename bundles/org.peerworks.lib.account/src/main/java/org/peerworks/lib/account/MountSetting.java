package org.peerworks.lib.account;

import java.nio.file.Path;

/**
 * A directory of the worker that clients may look into ({@code [[worker.io.mounts]]}).
 *
 * @param label what clients see
 * @param path absolute; need not exist
 */
public record MountSetting(String label, Path path) {}
