package org.peerworks.deploy.transaction;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What may be installed on a running worker, and how long that may take; PID {@link #PID}. */
@ObjectClassDefinition(
    name = "Deployment",
    description = "What may be installed on a running worker, and how long that may take")
public @interface Config {

  String PID = "org.peerworks.deploy";

  @AttributeDefinition(
      description =
          "What is asked of signatures: 'off', 'warn', or 'require' one by a key in keys/trusted")
  String signatures() default "warn";

  @AttributeDefinition(description = "MiB of one jar", min = "1", max = "1048576")
  int maxMegabytes() default 1024;

  @AttributeDefinition(description = "Entries of one jar", min = "1", max = "10000000")
  int maxEntries() default 100_000;

  @AttributeDefinition(
      description = "MiB of all entries of one jar, unpacked",
      min = "1",
      max = "1048576")
  int maxUnpackedMegabytes() default 4096;

  @AttributeDefinition(
      description = "Seconds in which a download must begin, and go on after each pause",
      min = "1",
      max = "3600")
  int downloadSeconds() default 30;

  @AttributeDefinition(
      description = "Seconds that one start, stop or removal of a bundle may take",
      min = "1",
      max = "3600")
  int callSeconds() default 30;

  @AttributeDefinition(
      description = "Seconds in which what was installed must be well, or is rolled back",
      min = "1",
      max = "3600")
  int healthSeconds() default 30;

  @AttributeDefinition(
      description = "Seconds that running jobs of a bundle that goes may take to end",
      min = "0",
      max = "604800")
  int drainSeconds() default 3600;

  @AttributeDefinition(
      description = "Transactions that can be rolled back to",
      min = "1",
      max = "1000")
  int history() default 20;

  @AttributeDefinition(description = "Whether files in the directory deploy are installed")
  boolean dropFolder() default true;
}
