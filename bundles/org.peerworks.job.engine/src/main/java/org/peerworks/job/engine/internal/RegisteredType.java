package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.JobTypeInfo;

/**
 * A job type that is running, with what it says about itself.
 *
 * @param controlled whether its jobs take what they are asked while they run
 * @param rerun whether a job goes on that ran when the worker or the type's bundle went away
 * @param bundleId of the bundle that it runs from
 */
record RegisteredType(
    String name,
    String version,
    String slots,
    boolean controlled,
    boolean rerun,
    long bundleId,
    ParameterSchema schema,
    JobType code) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+-]{1,60}");

  RegisteredType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The name '" + name + "' is not 1 to 40 lower-case letters, digits and '-'.");
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException("'" + version + "' is no version like '1.0.0'.");
    }
    if (!slots.equals(SlotPool.CPU) && !slots.equals(SlotPool.GPU)) {
      throw new IllegalArgumentException("The slots are 'cpu' or 'gpu', but were '" + slots + "'.");
    }
  }

  /**
   * Reads a type's service properties, and its schema out of its bundle.
   *
   * @throws IllegalArgumentException a property or the schema is wrong; says which
   */
  static RegisteredType of(ServiceReference<JobType> reference, JobType code) {
    Bundle bundle = reference.getBundle();
    if (bundle == null) {
      throw new IllegalArgumentException("It is stopping.");
    }
    return new RegisteredType(
        property(reference, JobType.TYPE, ""),
        property(reference, JobType.VERSION, bundle.getVersion().toString()),
        property(reference, JobType.SLOTS, SlotPool.CPU),
        Boolean.parseBoolean(property(reference, JobType.CONTROL, "false")),
        rerun(property(reference, JobType.RESTART, "fail")),
        bundle.getBundleId(),
        new ParameterSchema(schema(bundle, property(reference, JobType.SCHEMA, ""))),
        code);
  }

  private static boolean rerun(String restart) {
    return switch (restart) {
      case "rerun" -> true;
      case "fail" -> false;
      default ->
          throw new IllegalArgumentException(
              "After a restart its jobs 'rerun' or 'fail', but '" + restart + "' was said.");
    };
  }

  TypeKey key() {
    return new TypeKey(name, version);
  }

  JobTypeInfo info(SlotPool slotPool) {
    return new JobTypeInfo(name, version, slotPool.kindFor(slots), schema.text());
  }

  /** Compares as OSGi versions where both are, else as text. */
  static int compareVersions(String left, String right) {
    try {
      return Version.parseVersion(left).compareTo(Version.parseVersion(right));
    } catch (IllegalArgumentException e) {
      return left.compareTo(right);
    }
  }

  private static String property(
      ServiceReference<JobType> reference, String name, String otherwise) {
    Object value = reference.getProperty(name);
    return value == null ? otherwise : value.toString();
  }

  private static String schema(Bundle bundle, String path) {
    if (path.isEmpty()) {
      return ParameterSchema.ANY;
    }
    URL resource = bundle.getEntry(path);
    if (resource == null) {
      throw new IllegalArgumentException(
          "Its bundle '" + bundle.getSymbolicName() + "' has no schema '" + path + "'.");
    }
    try (InputStream in = resource.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("The schema '" + path + "' cannot be read.", e);
    }
  }
}
