package org.peerworks.protocol.peerworks;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Protocol peerworks",
    description = "How this worker serves its clients, and how a client proves who it is")
@interface PeerworksConfig {

  @AttributeDefinition(
      description =
          "Identities that may see and steer the jobs of all: 'ed25519:' and 64 hexadecimal digits, separated by commas, as the worker's log and 'job list --json' show it")
  String[] operators() default {};

  @AttributeDefinition(
      description =
          "Name under which this program introduces itself, for people; empty for user@host")
  String name() default "";

  @AttributeDefinition(
      description = "Largest file that a client may upload, in megabytes (2^20)",
      min = "1",
      max = "2147483647")
  int maxFileMegabytes() default 65_536;

  @AttributeDefinition(
      description = "Most that one client may have in the upload directory, in megabytes",
      min = "1",
      max = "2147483647")
  int maxCallerMegabytes() default 262_144;

  @AttributeDefinition(
      description = "Most files that one client may have in the upload directory",
      min = "1",
      max = "1000000")
  int maxCallerFiles() default 1000;

  @AttributeDefinition(
      description = "Room on the disk that uploads leave free, in megabytes",
      min = "0",
      max = "2147483647")
  int diskReserveMegabytes() default 2048;

  @AttributeDefinition(
      description = "How long an upload that nobody continues is kept, in minutes",
      min = "1",
      max = "1000000")
  int uploadExpiryMinutes() default 1440;

  @AttributeDefinition(
      description =
          "Most clients at once; keep it below 'maxPeers' of the transport, so that more may prove who they are",
      min = "1",
      max = "10000")
  int maxClients() default 48;

  @AttributeDefinition(description = "Most connections of one peer at once", min = "1", max = "64")
  int maxPeerConnections() default 4;

  @AttributeDefinition(
      description = "Most connections of one identity at once",
      min = "1",
      max = "10000")
  int maxCallerConnections() default 16;

  @AttributeDefinition(
      description =
          "How long a client may do nothing and still keep its place when others want in, in seconds",
      min = "1",
      max = "86400")
  int idleSeconds() default 60;

  @AttributeDefinition(
      description = "Bytes of one file that may be under way to this side, in kilobytes (2^10)",
      min = "512",
      max = "1048576")
  int windowKilobytes() default 4096;

  @AttributeDefinition(
      description = "Bytes of files that may wait in a channel, in kilobytes; more delays logs",
      min = "64",
      max = "1048576")
  int queuedKilobytes() default 1024;

  @AttributeDefinition(
      description = "Longest time until a peer has proved who it is, in seconds",
      min = "1",
      max = "86400")
  int helloSeconds() default 15;

  @AttributeDefinition(
      description = "Silence after which a ping is sent, in seconds",
      min = "1",
      max = "86400")
  int pingSeconds() default 15;

  @AttributeDefinition(
      description =
          "Silence, or standstill of what is sent, after which a peer is dead, in seconds",
      min = "1",
      max = "86400")
  int silenceSeconds() default 60;

  @AttributeDefinition(
      description =
          "How long a client looks for a worker that it has lost, in seconds; 0 for not at all",
      min = "0",
      max = "86400")
  int reconnectSeconds() default 600;

  @AttributeDefinition(
      description = "How long an upload may stand still before another one of the file takes over",
      min = "1",
      max = "86400")
  int stallSeconds() default 15;

  @AttributeDefinition(
      description = "Most requests of a client that wait for their reply",
      min = "1",
      max = "10000")
  int maxOpenRequests() default 64;

  @AttributeDefinition(
      description = "Most events and logs that a client follows at once",
      min = "1",
      max = "10000")
  int maxFeeds() default 64;

  @AttributeDefinition(
      description = "Most events or pieces of a log that a client may ask for in advance",
      min = "64",
      max = "100000")
  int maxFeedCredit() default 1000;

  @AttributeDefinition(
      description = "Most files of a client that travel at once, in each direction",
      min = "1",
      max = "64")
  int maxTransfers() default 4;

  @AttributeDefinition(description = "Most inputs of one job", min = "1", max = "10000")
  int maxInputs() default 1000;

  @AttributeDefinition(
      description = "Longest text message of a client, in kilobytes",
      min = "64",
      max = "4096")
  int maxMessageKilobytes() default 4096;

  @AttributeDefinition(
      description = "Most text messages of a client per second on average; twice as many at once",
      min = "100",
      max = "1000000")
  int messagesPerSecond() default 5000;

  @AttributeDefinition(
      description =
          "Text that may wait until the other side takes it, in kilobytes; with more the connection ends",
      min = "8192",
      max = "1048576")
  int queuedTextKilobytes() default 32_768;
}
