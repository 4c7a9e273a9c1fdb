/**
 * Services and characteristics of the HAP R2 specification, by the names it gives them ("Apple-defined Services",
 * "Apple-defined Characteristics"). Made by "npm run catalogue" of scripts/catalogue.txt; change that.
 *
 * A member is one row of the table as a string, which the compiler puts where it is used: what is not used is nowhere, neither
 * in flash nor in memory. hap/model/rows makes an object of it when a database is defined.
 */

/** UUID, number of its Format, set of Perms, unit, minValue, maxValue, minStep, maxLen, isStateless. */
export const enum Characteristics {
	/** uint32 pr,ev */
	AccessoryFlags = "A6 3 5",
	/** uint8 pr,pw,ev 0..1/1 */
	Active = "B0 1 7  0 1 1",
	/** uint8 pr,ev 0..5/1 */
	AirQuality = "95 1 5  0 5 1",
	/** uint8 pr,ev percentage 0..100/1 */
	BatteryLevel = "68 1 5 percentage 0 100 1",
	/** int pr,pw,ev percentage 0..100/1 */
	Brightness = "8 5 7 percentage 0 100 1",
	/** uint8 pr,ev 0..1/1 */
	CarbonDioxideDetected = "92 1 5  0 1 1",
	/** float pr,ev 0..100000 */
	CarbonDioxideLevel = "93 6 5  0 100000",
	/** float pr,ev 0..100000 */
	CarbonDioxidePeakLevel = "94 6 5  0 100000",
	/** uint8 pr,ev 0..1/1 */
	CarbonMonoxideDetected = "69 1 5  0 1 1",
	/** float pr,ev 0..100 */
	CarbonMonoxideLevel = "90 6 5  0 100",
	/** float pr,ev 0..100 */
	CarbonMonoxidePeakLevel = "91 6 5  0 100",
	/** uint8 pr,ev 0..2/1 */
	ChargingState = "8F 1 5  0 2 1",
	/** uint32 pr,pw,ev 50..400/1 */
	ColorTemperature = "CE 3 7  50 400 1",
	/** string pr,pw,ev */
	ConfiguredName = "E3 7 7",
	/** uint8 pr,ev 0..1/1 */
	ContactSensorState = "6A 1 5  0 1 1",
	/** float pr,pw,ev celsius 10..35/0.1 */
	CoolingThresholdTemperature = "D 6 7 celsius 10 35 0.1",
	/** uint8 pr,ev 0..2/1 */
	CurrentAirPurifierState = "A9 1 5  0 2 1",
	/** float pr,ev lux 0.0001..100000 */
	CurrentAmbientLightLevel = "6B 6 5 lux 0.0001 100000",
	/** uint8 pr,ev 0..4/1 */
	CurrentDoorState = "E 1 5  0 4 1",
	/** uint8 pr,ev 0..2/1 */
	CurrentFanState = "AF 1 5  0 2 1",
	/** uint8 pr,ev 0..3/1 */
	CurrentHeaterCoolerState = "B1 1 5  0 3 1",
	/** uint8 pr,ev 0..2/1 */
	CurrentHeatingCoolingState = "F 1 5  0 2 1",
	/** int pr,ev arcdegrees -90..90/1 */
	CurrentHorizontalTiltAngle = "6C 5 5 arcdegrees -90 90 1",
	/** uint8 pr,ev 0..3/1 */
	CurrentHumidifierDehumidifierState = "B3 1 5  0 3 1",
	/** uint8 pr,ev percentage 0..100/1 */
	CurrentPosition = "6D 1 5 percentage 0 100 1",
	/** float pr,ev percentage 0..100/1 */
	CurrentRelativeHumidity = "10 6 5 percentage 0 100 1",
	/** uint8 pr,ev 0..2/1 */
	CurrentSlatState = "AA 1 5  0 2 1",
	/** float pr,ev celsius -270..100/0.1 */
	CurrentTemperature = "11 6 5 celsius -270 100 0.1",
	/** int pr,ev arcdegrees -90..90/1 */
	CurrentTiltAngle = "C1 5 5 arcdegrees -90 90 1",
	/** int pr,ev arcdegrees -90..90/1 */
	CurrentVerticalTiltAngle = "6E 5 5 arcdegrees -90 90 1",
	/** uint8 pr,ev 0..1/1 */
	FilterChangeIndication = "AC 1 5  0 1 1",
	/** float pr,ev 0..100/1 */
	FilterLifeLevel = "AB 6 5  0 100 1",
	/** string pr */
	FirmwareRevision = "52 7 1",
	/** string pr */
	HardwareRevision = "53 7 1",
	/** float pr,pw,ev celsius 0..25/0.1 */
	HeatingThresholdTemperature = "12 6 7 celsius 0 25 0.1",
	/** bool pw */
	HoldPosition = "6F 0 2",
	/** float pr,pw,ev arcdegrees 0..360/1 */
	Hue = "13 6 7 arcdegrees 0 360 1",
	/** bool pw */
	Identify = "14 0 2",
	/** uint8 pr,ev 0..1/1 */
	InUse = "D2 1 5  0 1 1",
	/** uint8 pr,pw,ev 0..1/1 */
	IsConfigured = "D6 1 7  0 1 1",
	/** uint8 pr,ev 0..1/1 */
	LeakDetected = "70 1 5  0 1 1",
	/** uint8 pr,ev 0..3/1 */
	LockCurrentState = "1D 1 5  0 3 1",
	/** uint8 pr,pw,ev 0..1/1 */
	LockPhysicalControls = "A7 1 7  0 1 1",
	/** uint8 pr,pw,ev 0..1/1 */
	LockTargetState = "1E 1 7  0 1 1",
	/** string pr */
	Manufacturer = "20 7 1",
	/** string pr */
	Model = "21 7 1",
	/** bool pr,ev */
	MotionDetected = "22 0 5",
	/** bool pr,pw,ev */
	Mute = "11A 0 7",
	/** string pr */
	Name = "23 7 1",
	/** float pr,ev 0..1000 */
	NitrogenDioxideDensity = "C4 6 5  0 1000",
	/** bool pr,ev */
	ObstructionDetected = "24 0 5",
	/** uint8 pr,ev 0..1/1 */
	OccupancyDetected = "71 1 5  0 1 1",
	/** bool pr,pw,ev */
	On = "25 0 7",
	/** bool pr,ev */
	OutletInUse = "26 0 5",
	/** float pr,ev 0..1000 */
	OzoneDensity = "C3 6 5  0 1000",
	/** float pr,ev 0..1000 */
	PM10Density = "C7 6 5  0 1000",
	/** float pr,ev 0..1000 */
	PM2_5Density = "C6 6 5  0 1000",
	/** uint8 pr,ev 0..2/1 */
	PositionState = "72 1 5  0 2 1",
	/** uint8 pr,ev 0..2/1 */
	ProgramMode = "D1 1 5  0 2 1",
	/** uint8 pr,ev 0..2/1 stateless */
	ProgrammableSwitchEvent = "73 1 5  0 2 1  1",
	/** float pr,pw,ev percentage 0..100/1 */
	RelativeHumidityDehumidifierThreshold = "C9 6 7 percentage 0 100 1",
	/** float pr,pw,ev percentage 0..100/1 */
	RelativeHumidityHumidifierThreshold = "CA 6 7 percentage 0 100 1",
	/** uint32 pr,ev seconds 0..3600/1 */
	RemainingDuration = "D4 3 5 seconds 0 3600 1",
	/** uint8 pw 1..1 */
	ResetFilterIndication = "AD 1 2  1 1",
	/** int pr,pw,ev 0..1/1 */
	RotationDirection = "28 5 7  0 1 1",
	/** float pr,pw,ev percentage 0..100/1 */
	RotationSpeed = "29 6 7 percentage 0 100 1",
	/** float pr,pw,ev percentage 0..100/1 */
	Saturation = "2F 6 7 percentage 0 100 1",
	/** uint8 pr,ev 0..1/1 */
	SecuritySystemAlarmType = "8E 1 5  0 1 1",
	/** uint8 pr,ev 0..4/1 */
	SecuritySystemCurrentState = "66 1 5  0 4 1",
	/** uint8 pr,pw,ev 0..3/1 */
	SecuritySystemTargetState = "67 1 7  0 3 1",
	/** string pr */
	SerialNumber = "30 7 1",
	/** uint8 pr 1..-/1 */
	ServiceLabelIndex = "CB 1 1  1  1",
	/** uint8 pr 0..1/1 */
	ServiceLabelNamespace = "CD 1 1  0 1 1",
	/** uint32 pr,pw,ev seconds 0..3600/1 */
	SetDuration = "D3 3 7 seconds 0 3600 1",
	/** uint8 pr 0..1/1 */
	SlatType = "C0 1 1  0 1 1",
	/** uint8 pr,ev 0..1/1 */
	SmokeDetected = "76 1 5  0 1 1",
	/** bool pr,ev */
	StatusActive = "75 0 5",
	/** uint8 pr,ev 0..1/1 */
	StatusFault = "77 1 5  0 1 1",
	/** uint8 pr,ev 0..1/1 */
	StatusLowBattery = "79 1 5  0 1 1",
	/** uint8 pr,ev 0..1/1 */
	StatusTampered = "7A 1 5  0 1 1",
	/** float pr,ev 0..1000 */
	SulphurDioxideDensity = "C5 6 5  0 1000",
	/** uint8 pr,pw,ev 0..1/1 */
	SwingMode = "B6 1 7  0 1 1",
	/** uint8 pr,pw,ev 0..1/1 */
	TargetAirPurifierState = "A8 1 7  0 1 1",
	/** uint8 pr,pw,ev 0..1/1 */
	TargetDoorState = "32 1 7  0 1 1",
	/** uint8 pr,pw,ev 0..1/1 */
	TargetFanState = "BF 1 7  0 1 1",
	/** uint8 pr,pw,ev 0..2/1 */
	TargetHeaterCoolerState = "B2 1 7  0 2 1",
	/** uint8 pr,pw,ev 0..3/1 */
	TargetHeatingCoolingState = "33 1 7  0 3 1",
	/** int pr,pw,ev arcdegrees -90..90/1 */
	TargetHorizontalTiltAngle = "7B 5 7 arcdegrees -90 90 1",
	/** uint8 pr,pw,ev 0..2/1 */
	TargetHumidifierDehumidifierState = "B4 1 7  0 2 1",
	/** uint8 pr,pw,ev percentage 0..100/1 */
	TargetPosition = "7C 1 7 percentage 0 100 1",
	/** float pr,pw,ev percentage 0..100/1 */
	TargetRelativeHumidity = "34 6 7 percentage 0 100 1",
	/** float pr,pw,ev celsius 10..38/0.1 */
	TargetTemperature = "35 6 7 celsius 10 38 0.1",
	/** int pr,pw,ev arcdegrees -90..90/1 */
	TargetTiltAngle = "C2 5 7 arcdegrees -90 90 1",
	/** int pr,pw,ev arcdegrees -90..90/1 */
	TargetVerticalTiltAngle = "7D 5 7 arcdegrees -90 90 1",
	/** uint8 pr,pw,ev 0..1/1 */
	TemperatureDisplayUnits = "36 1 7  0 1 1",
	/** float pr,ev 0..1000 */
	VOCDensity = "C8 6 5  0 1000",
	/** uint8 pr,ev 0..3/1 */
	ValveType = "D5 1 5  0 3 1",
	/** string pr */
	Version = "37 7 1",
	/** uint8 pr,pw,ev percentage 0..100/1 */
	Volume = "119 1 7 percentage 0 100 1",
	/** float pr,ev percentage 0..100/1 */
	WaterLevel = "B5 6 5 percentage 0 100 1",
}

/** UUID, then those of the characteristics that it must have. */
export const enum Services {
	/**
	 * Needs Identify, Manufacturer, Model, Name, SerialNumber, FirmwareRevision.
	 * May have HardwareRevision, AccessoryFlags, ConfiguredName.
	 */
	AccessoryInformation = "3E 14 20 21 23 30 52",
	/**
	 * Needs Active, CurrentAirPurifierState, TargetAirPurifierState.
	 * May have Name, RotationSpeed, SwingMode, LockPhysicalControls.
	 */
	AirPurifier = "BB B0 A9 A8",
	/**
	 * Needs AirQuality.
	 * May have Name, OzoneDensity, NitrogenDioxideDensity, SulphurDioxideDensity, PM2_5Density, PM10Density, VOCDensity, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	AirQualitySensor = "8D 95",
	/**
	 * Needs StatusLowBattery.
	 * May have BatteryLevel, ChargingState, Name.
	 */
	Battery = "96 79",
	/**
	 * Needs CarbonDioxideDetected.
	 * May have CarbonDioxideLevel, CarbonDioxidePeakLevel, Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	CarbonDioxideSensor = "97 92",
	/**
	 * Needs CarbonMonoxideDetected.
	 * May have CarbonMonoxideLevel, CarbonMonoxidePeakLevel, Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	CarbonMonoxideSensor = "7F 69",
	/**
	 * Needs ContactSensorState.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	ContactSensor = "80 6A",
	/**
	 * Needs CurrentPosition, PositionState, TargetPosition.
	 * May have Name, HoldPosition, ObstructionDetected.
	 */
	Door = "81 6D 72 7C",
	/**
	 * Needs ProgrammableSwitchEvent.
	 * May have Name, Volume, Brightness, Mute.
	 */
	Doorbell = "121 73",
	/**
	 * Needs Active.
	 * May have CurrentFanState, TargetFanState, RotationDirection, RotationSpeed, SwingMode, LockPhysicalControls, Name.
	 */
	Fan = "B7 B0",
	/**
	 * Needs Active.
	 * May have Name, StatusFault.
	 */
	Faucet = "D7 B0",
	/**
	 * Needs FilterChangeIndication.
	 * May have FilterLifeLevel, ResetFilterIndication, Name.
	 */
	FilterMaintenance = "BA AC",
	/**
	 * Needs CurrentDoorState, TargetDoorState, ObstructionDetected.
	 * May have LockCurrentState, LockTargetState, Name.
	 */
	GarageDoorOpener = "41 E 32 24",
	/**
	 * Needs Active, CurrentTemperature, CurrentHeaterCoolerState, TargetHeaterCoolerState.
	 * May have CoolingThresholdTemperature, HeatingThresholdTemperature, RotationSpeed, SwingMode, TemperatureDisplayUnits, LockPhysicalControls, Name.
	 */
	HeaterCooler = "BC B0 11 B1 B2",
	/**
	 * Needs Active, CurrentRelativeHumidity, CurrentHumidifierDehumidifierState, TargetHumidifierDehumidifierState.
	 * May have RelativeHumidityDehumidifierThreshold, RelativeHumidityHumidifierThreshold, RotationSpeed, SwingMode, WaterLevel, LockPhysicalControls, Name.
	 */
	HumidifierDehumidifier = "BD B0 10 B3 B4",
	/**
	 * Needs CurrentRelativeHumidity.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	HumiditySensor = "82 10",
	/**
	 * Needs Active, ProgramMode, InUse.
	 * May have RemainingDuration, Name, StatusFault.
	 */
	IrrigationSystem = "CF B0 D1 D2",
	/**
	 * Needs LeakDetected.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	LeakSensor = "83 70",
	/**
	 * Needs CurrentAmbientLightLevel.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	LightSensor = "84 6B",
	/**
	 * Needs On.
	 * May have Brightness, Hue, Saturation, ColorTemperature, Name.
	 */
	Lightbulb = "43 25",
	/**
	 * Needs LockCurrentState, LockTargetState.
	 * May have Name.
	 */
	LockMechanism = "45 1D 1E",
	/**
	 * Needs MotionDetected.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	MotionSensor = "85 22",
	/**
	 * Needs OccupancyDetected.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	OccupancySensor = "86 71",
	/**
	 * Needs On, OutletInUse.
	 * May have Name.
	 */
	Outlet = "47 25 26",
	/** Needs Version. */
	ProtocolInformation = "A2 37",
	/**
	 * Needs SecuritySystemCurrentState, SecuritySystemTargetState.
	 * May have SecuritySystemAlarmType, StatusFault, StatusTampered, Name.
	 */
	SecuritySystem = "7E 66 67",
	/** Needs ServiceLabelNamespace. */
	ServiceLabel = "CC CD",
	/**
	 * Needs CurrentSlatState, SlatType.
	 * May have SwingMode, CurrentTiltAngle, TargetTiltAngle, Name.
	 */
	Slats = "B9 AA C0",
	/**
	 * Needs SmokeDetected.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	SmokeSensor = "87 76",
	/**
	 * Needs ProgrammableSwitchEvent.
	 * May have Name, ServiceLabelIndex.
	 */
	StatelessProgrammableSwitch = "89 73",
	/**
	 * Needs On.
	 * May have Name.
	 */
	Switch = "49 25",
	/**
	 * Needs CurrentTemperature.
	 * May have Name, StatusActive, StatusFault, StatusTampered, StatusLowBattery.
	 */
	TemperatureSensor = "8A 11",
	/**
	 * Needs CurrentHeatingCoolingState, TargetHeatingCoolingState, CurrentTemperature, TargetTemperature, TemperatureDisplayUnits.
	 * May have CurrentRelativeHumidity, TargetRelativeHumidity, CoolingThresholdTemperature, HeatingThresholdTemperature, Name.
	 */
	Thermostat = "4A F 33 11 35 36",
	/**
	 * Needs Active, InUse, ValveType.
	 * May have SetDuration, RemainingDuration, IsConfigured, ServiceLabelIndex, StatusFault, Name.
	 */
	Valve = "D0 B0 D2 D5",
	/**
	 * Needs CurrentPosition, PositionState, TargetPosition.
	 * May have Name, HoldPosition, ObstructionDetected.
	 */
	Window = "8B 6D 72 7C",
	/**
	 * Needs CurrentPosition, PositionState, TargetPosition.
	 * May have HoldPosition, CurrentHorizontalTiltAngle, TargetHorizontalTiltAngle, CurrentVerticalTiltAngle, TargetVerticalTiltAngle, ObstructionDetected, Name.
	 */
	WindowCovering = "8C 6D 72 7C",
}

/** Which characteristics a service must have, and which it may. */
export interface ServiceShapes {
	[Services.AccessoryInformation]: {
		required:
			| Characteristics.Identify
			| Characteristics.Manufacturer
			| Characteristics.Model
			| Characteristics.Name
			| Characteristics.SerialNumber
			| Characteristics.FirmwareRevision;
		optional: Characteristics.HardwareRevision | Characteristics.AccessoryFlags | Characteristics.ConfiguredName;
	};
	[Services.AirPurifier]: {
		required: Characteristics.Active | Characteristics.CurrentAirPurifierState | Characteristics.TargetAirPurifierState;
		optional: Characteristics.Name | Characteristics.RotationSpeed | Characteristics.SwingMode | Characteristics.LockPhysicalControls;
	};
	[Services.AirQualitySensor]: {
		required: Characteristics.AirQuality;
		optional:
			| Characteristics.Name
			| Characteristics.OzoneDensity
			| Characteristics.NitrogenDioxideDensity
			| Characteristics.SulphurDioxideDensity
			| Characteristics.PM2_5Density
			| Characteristics.PM10Density
			| Characteristics.VOCDensity
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.Battery]: {
		required: Characteristics.StatusLowBattery;
		optional: Characteristics.BatteryLevel | Characteristics.ChargingState | Characteristics.Name;
	};
	[Services.CarbonDioxideSensor]: {
		required: Characteristics.CarbonDioxideDetected;
		optional:
			| Characteristics.CarbonDioxideLevel
			| Characteristics.CarbonDioxidePeakLevel
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.CarbonMonoxideSensor]: {
		required: Characteristics.CarbonMonoxideDetected;
		optional:
			| Characteristics.CarbonMonoxideLevel
			| Characteristics.CarbonMonoxidePeakLevel
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.ContactSensor]: {
		required: Characteristics.ContactSensorState;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.Door]: {
		required: Characteristics.CurrentPosition | Characteristics.PositionState | Characteristics.TargetPosition;
		optional: Characteristics.Name | Characteristics.HoldPosition | Characteristics.ObstructionDetected;
	};
	[Services.Doorbell]: {
		required: Characteristics.ProgrammableSwitchEvent;
		optional: Characteristics.Name | Characteristics.Volume | Characteristics.Brightness | Characteristics.Mute;
	};
	[Services.Fan]: {
		required: Characteristics.Active;
		optional:
			| Characteristics.CurrentFanState
			| Characteristics.TargetFanState
			| Characteristics.RotationDirection
			| Characteristics.RotationSpeed
			| Characteristics.SwingMode
			| Characteristics.LockPhysicalControls
			| Characteristics.Name;
	};
	[Services.Faucet]: {
		required: Characteristics.Active;
		optional: Characteristics.Name | Characteristics.StatusFault;
	};
	[Services.FilterMaintenance]: {
		required: Characteristics.FilterChangeIndication;
		optional: Characteristics.FilterLifeLevel | Characteristics.ResetFilterIndication | Characteristics.Name;
	};
	[Services.GarageDoorOpener]: {
		required: Characteristics.CurrentDoorState | Characteristics.TargetDoorState | Characteristics.ObstructionDetected;
		optional: Characteristics.LockCurrentState | Characteristics.LockTargetState | Characteristics.Name;
	};
	[Services.HeaterCooler]: {
		required:
			| Characteristics.Active
			| Characteristics.CurrentTemperature
			| Characteristics.CurrentHeaterCoolerState
			| Characteristics.TargetHeaterCoolerState;
		optional:
			| Characteristics.CoolingThresholdTemperature
			| Characteristics.HeatingThresholdTemperature
			| Characteristics.RotationSpeed
			| Characteristics.SwingMode
			| Characteristics.TemperatureDisplayUnits
			| Characteristics.LockPhysicalControls
			| Characteristics.Name;
	};
	[Services.HumidifierDehumidifier]: {
		required:
			| Characteristics.Active
			| Characteristics.CurrentRelativeHumidity
			| Characteristics.CurrentHumidifierDehumidifierState
			| Characteristics.TargetHumidifierDehumidifierState;
		optional:
			| Characteristics.RelativeHumidityDehumidifierThreshold
			| Characteristics.RelativeHumidityHumidifierThreshold
			| Characteristics.RotationSpeed
			| Characteristics.SwingMode
			| Characteristics.WaterLevel
			| Characteristics.LockPhysicalControls
			| Characteristics.Name;
	};
	[Services.HumiditySensor]: {
		required: Characteristics.CurrentRelativeHumidity;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.IrrigationSystem]: {
		required: Characteristics.Active | Characteristics.ProgramMode | Characteristics.InUse;
		optional: Characteristics.RemainingDuration | Characteristics.Name | Characteristics.StatusFault;
	};
	[Services.LeakSensor]: {
		required: Characteristics.LeakDetected;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.LightSensor]: {
		required: Characteristics.CurrentAmbientLightLevel;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.Lightbulb]: {
		required: Characteristics.On;
		optional:
			| Characteristics.Brightness
			| Characteristics.Hue
			| Characteristics.Saturation
			| Characteristics.ColorTemperature
			| Characteristics.Name;
	};
	[Services.LockMechanism]: {
		required: Characteristics.LockCurrentState | Characteristics.LockTargetState;
		optional: Characteristics.Name;
	};
	[Services.MotionSensor]: {
		required: Characteristics.MotionDetected;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.OccupancySensor]: {
		required: Characteristics.OccupancyDetected;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.Outlet]: {
		required: Characteristics.On | Characteristics.OutletInUse;
		optional: Characteristics.Name;
	};
	[Services.ProtocolInformation]: {
		required: Characteristics.Version;
		optional: never;
	};
	[Services.SecuritySystem]: {
		required: Characteristics.SecuritySystemCurrentState | Characteristics.SecuritySystemTargetState;
		optional:
			| Characteristics.SecuritySystemAlarmType
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.Name;
	};
	[Services.ServiceLabel]: {
		required: Characteristics.ServiceLabelNamespace;
		optional: never;
	};
	[Services.Slats]: {
		required: Characteristics.CurrentSlatState | Characteristics.SlatType;
		optional: Characteristics.SwingMode | Characteristics.CurrentTiltAngle | Characteristics.TargetTiltAngle | Characteristics.Name;
	};
	[Services.SmokeSensor]: {
		required: Characteristics.SmokeDetected;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.StatelessProgrammableSwitch]: {
		required: Characteristics.ProgrammableSwitchEvent;
		optional: Characteristics.Name | Characteristics.ServiceLabelIndex;
	};
	[Services.Switch]: {
		required: Characteristics.On;
		optional: Characteristics.Name;
	};
	[Services.TemperatureSensor]: {
		required: Characteristics.CurrentTemperature;
		optional:
			| Characteristics.Name
			| Characteristics.StatusActive
			| Characteristics.StatusFault
			| Characteristics.StatusTampered
			| Characteristics.StatusLowBattery;
	};
	[Services.Thermostat]: {
		required:
			| Characteristics.CurrentHeatingCoolingState
			| Characteristics.TargetHeatingCoolingState
			| Characteristics.CurrentTemperature
			| Characteristics.TargetTemperature
			| Characteristics.TemperatureDisplayUnits;
		optional:
			| Characteristics.CurrentRelativeHumidity
			| Characteristics.TargetRelativeHumidity
			| Characteristics.CoolingThresholdTemperature
			| Characteristics.HeatingThresholdTemperature
			| Characteristics.Name;
	};
	[Services.Valve]: {
		required: Characteristics.Active | Characteristics.InUse | Characteristics.ValveType;
		optional:
			| Characteristics.SetDuration
			| Characteristics.RemainingDuration
			| Characteristics.IsConfigured
			| Characteristics.ServiceLabelIndex
			| Characteristics.StatusFault
			| Characteristics.Name;
	};
	[Services.Window]: {
		required: Characteristics.CurrentPosition | Characteristics.PositionState | Characteristics.TargetPosition;
		optional: Characteristics.Name | Characteristics.HoldPosition | Characteristics.ObstructionDetected;
	};
	[Services.WindowCovering]: {
		required: Characteristics.CurrentPosition | Characteristics.PositionState | Characteristics.TargetPosition;
		optional:
			| Characteristics.HoldPosition
			| Characteristics.CurrentHorizontalTiltAngle
			| Characteristics.TargetHorizontalTiltAngle
			| Characteristics.CurrentVerticalTiltAngle
			| Characteristics.TargetVerticalTiltAngle
			| Characteristics.ObstructionDetected
			| Characteristics.Name;
	};
}

/** What a program sees of a characteristic: boolean, number or string. */
export type ValueOf<C extends Characteristics> = `${C}` extends `${string} ${infer F} ${string}` ? F extends "0" ? boolean
	: F extends "7" | "8" | "9" ? string
	: number
	: never;

/** HAP R2 "Accessory Categories": `ci` of the TXT record. */
export const enum Category {
	Other = 1,
	Bridge = 2,
	Fan = 3,
	GarageDoorOpener = 4,
	Lightbulb = 5,
	DoorLock = 6,
	Outlet = 7,
	Switch = 8,
	Thermostat = 9,
	Sensor = 10,
	SecuritySystem = 11,
	Door = 12,
	Window = 13,
	WindowCovering = 14,
	ProgrammableSwitch = 15,
	VideoDoorbell = 18,
	AirPurifier = 19,
	Heater = 20,
	AirConditioner = 21,
	Humidifier = 22,
	Dehumidifier = 23,
	Sprinkler = 28,
	Faucet = 29,
	ShowerSystem = 30,
}
