import '@mantine/notifications/styles.layer.css'
import { Notifications, notifications } from '@mantine/notifications'

/** Where messages appear: low at the left, away from the dock. */
export default function ToastHost() {
  return <Notifications position="bottom-left" limit={3} />
}

export { notifications }
