package org.peerworks.cli.command;

/** A command whose options end where its first argument begins: the rest belongs to another. */
interface WholeLine extends Line {}
