import { crafterPeer } from './crafter-peer.ts';

/** One tool per operation, however many there are. */
export default crafterPeer('crafter-tools', ['--shape', 'tools']);
