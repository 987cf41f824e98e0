package org.peerworks.signaling.server;

/**
 * What the server grants to people it does not know.
 *
 * @param sockets open WebSocket connections in all
 * @param socketsPerAddress of these, from one address (an IPv6 network of 64 bits counts as one)
 * @param messageBytes longest message, in bytes of UTF-8
 * @param metadataBytes longest description of one peer, in characters of JSON
 * @param queueBytes most that waits for one slow reader, in characters, before it is disconnected
 * @param rooms in all
 * @param roomsPerOwner made by one signed-in name
 * @param peersPerRoom present at the same time
 * @param idsPerRoom peer ids that one room remembers
 * @param idsPerName of these, of one signed-in name
 * @param messagesPerSecond from one socket, ten seconds' worth in a burst
 * @param users accounts in all
 * @param keysPerUser account keys, and as many public keys, of one account
 * @param membersPerRoom accounts that are members of one room
 * @param tokensPerRoom worker tokens of one room
 * @param loginsPerMinute tries of a password, and as many of an invite code, from one address, a
 *     minute's worth in a burst
 * @param signInsPerMinute from one address, a minute's worth in a burst; for other calls and for
 *     new sockets ten times as many
 */
record Limits(
    int sockets,
    int socketsPerAddress,
    int messageBytes,
    int metadataBytes,
    int queueBytes,
    int rooms,
    int roomsPerOwner,
    int peersPerRoom,
    int idsPerRoom,
    int idsPerName,
    int messagesPerSecond,
    int signInsPerMinute,
    int users,
    int keysPerUser,
    int membersPerRoom,
    int tokensPerRoom,
    int loginsPerMinute) {

  /** As the configuration says where nobody has changed it. */
  static final Limits DEFAULT =
      new Limits(
          2048,
          512,
          256 * 1024,
          8 * 1024,
          4 * 1024 * 1024,
          10_000,
          16,
          256,
          1024,
          64,
          50,
          60,
          10_000,
          16,
          256,
          64,
          10);
}
