package org.peerworks.protocol.sleap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
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
      description = "Longest time that a client may take to authenticate, in seconds")
  int authSeconds() default 10;

  @AttributeDefinition(
      description =
          "How long the keys of the room are used before they are asked for again, in seconds")
  int keysSeconds() default 300;

  @AttributeDefinition(description = "Most clients at once")
  int maxClients() default 48;

  @AttributeDefinition(description = "Most channels of one peer at once")
  int maxPeerChannels() default 4;

  @AttributeDefinition(description = "Most jobs of one channel that have not ended")
  int maxJobs() default 8;

  @AttributeDefinition(description = "Longest text message of a client, in kilobytes (2^10)")
  int maxMessageKilobytes() default 256;

  @AttributeDefinition(
      description = "Most text messages of a client per second on average; twice as many at once")
  int messagesPerSecond() default 100;

  @AttributeDefinition(description = "Largest file that a client may send, in megabytes (2^20)")
  int maxFileMegabytes() default 65_536;

  @AttributeDefinition(description = "Most files that are on their way in at once, of all clients")
  int maxUploads() default 8;

  @AttributeDefinition(description = "Room on the disk that files leave free, in megabytes")
  int diskReserveMegabytes() default 2048;

  @AttributeDefinition(description = "How long a file may stand still on its way in, in seconds")
  int stallSeconds() default 120;

  @AttributeDefinition(
      description = "How long a client may say nothing while none of its jobs runs, in seconds")
  int idleSeconds() default 600;

  @AttributeDefinition(description = "Time between two signs of life to a client, in seconds")
  int keepAliveSeconds() default 15;

  @AttributeDefinition(description = "Most redraws of a progress bar that are passed on per second")
  int redrawsPerSecond() default 2;

  @AttributeDefinition(description = "Most files whose place is remembered by their hash")
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
