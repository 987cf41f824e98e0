/** Installs, updates and removes bundles on a running worker: as a transaction, or not at all. */
package org.peerworks.deploy;
