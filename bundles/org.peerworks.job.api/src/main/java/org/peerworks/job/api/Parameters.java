package org.peerworks.job.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** The parameters of a job, valid by its type's schema. Absent and {@code null} are the same. */
@ProviderType
public interface Parameters {

  /** The whole JSON object. */
  String json();

  /** Of a top-level text. */
  Optional<String> string(String name);

  /** Of a top-level list of texts; empty if absent. */
  List<String> strings(String name);

  /** Of a top-level whole number. */
  OptionalLong number(String name);

  /** Of a top-level number. */
  OptionalDouble decimal(String name);

  /** Of a top-level {@code true} or {@code false}. */
  Optional<Boolean> flag(String name);
}
