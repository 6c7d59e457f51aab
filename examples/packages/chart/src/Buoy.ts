export default class Buoy {
  constructor(readonly colour: 'red' | 'green') {}
}
