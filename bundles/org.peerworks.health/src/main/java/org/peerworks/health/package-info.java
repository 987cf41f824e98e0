/** Settings of what tells whether a worker is well. */
package org.peerworks.health;
