package org.peerworks.files.resolver;

import org.peerworks.files.api.MountStatus;

/**
 * A line of {@code files:mounts}.
 *
 * @param from where it is configured
 * @param state {@code ok}, or what is wrong
 */
public record MountRow(String label, String path, String from, String state) {

  static MountRow of(MountStatus status, MountSet mounts) {
    String label = status.mount().label();
    String from =
        mounts.visible().stream()
            .filter(mount -> mount.label().equals(label))
            .map(mount -> mount.origin().toString())
            .findFirst()
            .orElse("");
    return new MountRow(
        label, status.mount().path(), from, status.available() ? "ok" : status.problem());
  }
}
