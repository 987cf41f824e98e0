package org.peerworks.protocol.sleap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Protocol sleap-rtc",
    description = "How this worker serves the clients of sleap-rtc")
@interface SleapConfig {

  @AttributeDefinition(
      description =
          "Refuse clients that nothing can authenticate, where neither a room secret nor keys of the room are configured")
  boolean requireAuthentication() default false;

  @AttributeDefinition(
      description =
          "File with the room's secret, which clients must know; mode 0600. Empty for keys/sleap-room-secret in the data directory, else where sleap-rtc keeps it")
  String roomSecretFile() default "";

  @AttributeDefinition(
      description =
          "The room's secret itself, instead of a file; --room-secret of the worker's command line sets it",
      type = AttributeType.PASSWORD)
  String roomSecret() default "";

  @AttributeDefinition(
      description = "Longest time that a client may take to authenticate, in seconds",
      min = "1",
      max = "86400")
  int authSeconds() default 10;

  @AttributeDefinition(
      description =
          "How long the keys of the room are used before they are asked for again, in seconds",
      min = "1",
      max = "86400")
  int keysSeconds() default 300;

  @AttributeDefinition(description = "Most clients at once", min = "1", max = "10000")
  int maxClients() default 48;

  @AttributeDefinition(description = "Most channels of one peer at once", min = "1", max = "64")
  int maxPeerChannels() default 4;

  @AttributeDefinition(
      description = "Most jobs of one channel that have not ended",
      min = "1",
      max = "1000")
  int maxJobs() default 8;

  @AttributeDefinition(
      description = "Longest text message of a client, in kilobytes (2^10)",
      min = "64",
      max = "4096")
  int maxMessageKilobytes() default 256;

  @AttributeDefinition(
      description = "Most text messages of a client per second on average; twice as many at once",
      min = "5",
      max = "100000")
  int messagesPerSecond() default 100;

  @AttributeDefinition(
      description = "Largest file that a client may send, in megabytes (2^20)",
      min = "1",
      max = "2147483647")
  int maxFileMegabytes() default 65_536;

  @AttributeDefinition(
      description = "Most files that are on their way in at once, of all clients",
      min = "1",
      max = "1000")
  int maxUploads() default 8;

  @AttributeDefinition(
      description = "Room on the disk that files leave free, in megabytes",
      min = "0",
      max = "2147483647")
  int diskReserveMegabytes() default 2048;

  @AttributeDefinition(
      description = "How long a file may stand still on its way in, in seconds",
      min = "5",
      max = "86400")
  int stallSeconds() default 120;

  @AttributeDefinition(
      description = "How long a client may say nothing while none of its jobs runs, in seconds",
      min = "30",
      max = "86400")
  int idleSeconds() default 600;

  @AttributeDefinition(
      description = "Time between two signs of life to a client, in seconds",
      min = "1",
      max = "86400")
  int keepAliveSeconds() default 15;

  @AttributeDefinition(
      description = "Most redraws of a progress bar that are passed on per second",
      min = "1",
      max = "100")
  int redrawsPerSecond() default 2;

  @AttributeDefinition(
      description = "Most files whose place is remembered by their hash",
      min = "0",
      max = "1000000")
  int cachedFiles() default 10_000;

  @AttributeDefinition(
      description =
          "Directory with the packages that 'INPUT_FILE' names; below a mount. Empty for the worker's working directory")
  String inputDirectory() default "";

  @AttributeDefinition(
      description =
          "Directory for the results of 'INPUT_FILE'; below a mount. Empty for the input directory")
  String outputDirectory() default "";
}
