package org.peerworks.job.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings a program along with a bundle. A service with the property {@link #NAME}. It is used only
 * where neither the configuration nor the worker's {@code PATH} has a program of that name.
 */
@ConsumerType
public interface ProgramProvider {

  /** Service property: the name that {@link Program#name()} asks for. */
  String NAME = "program.name";

  /**
   * The command to run, to which the arguments are appended. May unpack files at the first call.
   *
   * @return absolute path of an executable, and its first arguments
   */
  List<String> command() throws IOException;
}
