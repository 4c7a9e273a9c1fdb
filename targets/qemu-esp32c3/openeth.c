/*
 * OpenCores' Ethernet, the one that Espressif's QEMU has: driver, interface, whether there is a cable and an address.
 *
 * The PHY is emulated no further than IEEE 802.3's registers, so the generic driver does. There is one interface, for good.
 */

#include "xsmc.h"
#include "xsHost.h"

#include "esp_eth.h"
#include "esp_eth_driver.h"
#include "esp_eth_mac_openeth.h"
#include "esp_eth_phy.h"
#include "esp_event.h"
#include "esp_mac.h"
#include "esp_netif.h"

enum {
	kNegotiationMs = 100,	// nothing is negotiated
	kAddressBytes = 16,
	kHardwareAddressBytes = 6,
};

static esp_netif_t *gInterface;
static esp_eth_handle_t gEthernet;

static void check(xsMachine *the, esp_err_t error, char *what)
{
	if (ESP_OK != error)
		xsUnknownError(what);
}

static void installDriver(xsMachine *the)
{
	eth_mac_config_t macConfig = ETH_MAC_DEFAULT_CONFIG();
	eth_phy_config_t phyConfig = ETH_PHY_DEFAULT_CONFIG();
	phyConfig.autonego_timeout_ms = kNegotiationMs;

	esp_eth_mac_t *mac = esp_eth_mac_new_openeth(&macConfig);
	esp_eth_phy_t *phy = esp_eth_phy_new_generic(&phyConfig);
	if (!mac || !phy)
		xsUnknownError("no OpenETH: this is not the emulator");

	esp_eth_config_t config = ETH_DEFAULT_CONFIG(mac, phy);
	check(the, esp_eth_driver_install(&config, &gEthernet), "OpenETH: not installed");

	uint8_t address[kHardwareAddressBytes];
	check(the, esp_read_mac(address, ESP_MAC_ETH), "OpenETH: no address");
	check(the, esp_eth_ioctl(gEthernet, ETH_CMD_S_MAC_ADDR, address), "OpenETH: address refused");
}

void xs_hap_openeth_open(xsMachine *the)
{
	if (gInterface)
		return;

	esp_netif_init();
	esp_err_t error = esp_event_loop_create_default();
	if (ESP_ERR_INVALID_STATE != error)		// there is one already
		check(the, error, "no event loop");

	installDriver(the);
	esp_netif_config_t config = ESP_NETIF_DEFAULT_ETH();
	gInterface = esp_netif_new(&config);
	check(the, esp_netif_attach(gInterface, esp_eth_new_netif_glue(gEthernet)), "OpenETH: not attached");
}

void xs_hap_openeth_start(xsMachine *the)
{
	check(the, esp_eth_start(gEthernet), "OpenETH: not started");
}

void xs_hap_openeth_stop(xsMachine *the)
{
	esp_eth_stop(gEthernet);		// an error says that it stands still already
}

void xs_hap_openeth_is_linked(xsMachine *the)
{
	xsmcSetBoolean(xsResult, gInterface && esp_netif_is_netif_up(gInterface));
}

void xs_hap_openeth_address(xsMachine *the)
{
	esp_netif_ip_info_t info;
	char text[kAddressBytes];

	if (!gInterface || (ESP_OK != esp_netif_get_ip_info(gInterface, &info)) || (0 == info.ip.addr))
		return;
	esp_ip4addr_ntoa(&info.ip, text, sizeof(text));
	xsmcSetString(xsResult, text);
}
