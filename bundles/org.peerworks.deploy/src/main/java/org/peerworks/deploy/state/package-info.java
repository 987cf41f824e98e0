/**
 * What is deployed, on disk; also used by the launcher, before any bundle runs. Layout of {@code
 * data/bundles}:
 *
 * <pre>
 * state.json      what is deployed now; replaced as a whole, which is the moment of a commit
 * pending.json    what shall be deployed at the next start
 * states/N.json   what was deployed after transaction N
 * journal         one line for each step of a transaction
 * jars/HASH.jar   bundles, named by their SHA-256
 * </pre>
 */
package org.peerworks.deploy.state;
